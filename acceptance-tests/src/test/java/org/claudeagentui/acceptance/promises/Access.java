package org.claudeagentui.acceptance.promises;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an operation answers to whom.
 *
 * @param operation its id in the OpenAPI document
 * @param statuses the status for each of {@link Who}
 */
record Access(String operation, Map<Who, Integer> statuses) {
    private static final String TABLE = "access.txt";

    /** Somebody who asks, in the order of the table. */
    enum Who {
        OWNER, OTHER, ADMINISTRATOR, NOBODY
    }

    /** All operations, as the table has them. */
    static List<Access> table() {
        try (InputStream in = Objects.requireNonNull(Access.class.getResourceAsStream(TABLE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Access::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(TABLE + " can't be read", e);
        }
    }

    private static Access read(String line) {
        List<String> cells = Arrays.asList(line.split(" +"));
        if (cells.size() != 1 + Who.values().length) {
            throw new IllegalArgumentException("Not an operation and %d statuses: %s".formatted(Who.values().length, line));
        }
        return new Access(cells.getFirst(), Map.of(Who.OWNER, Integer.valueOf(cells.get(1)), Who.OTHER, Integer.valueOf(cells.get(2)),
                Who.ADMINISTRATOR, Integer.valueOf(cells.get(3)), Who.NOBODY, Integer.valueOf(cells.get(4))));
    }

    @Override
    public String toString() {
        return List.of(Who.values()).stream().map(who -> String.valueOf(statusFor(who))).collect(Collectors.joining(" "));
    }

    int statusFor(Who who) {
        return Objects.requireNonNull(statuses.get(who));
    }
}

package org.claudeagentui.service.runs;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names a run.
 *
 * @param value the id
 */
public record RunId(UUID value) implements Comparable<RunId> {

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Refuses a missing id. */
    public RunId {
        Objects.requireNonNull(value, "value");
    }

    /** An id that no run has. */
    public static RunId random() {
        return new RunId(UUID.randomUUID());
    }

    /** The id that a text stands for, or nothing when it is no run's id. */
    public static Optional<RunId> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(new RunId(UUID.fromString(text))) : Optional.empty();
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

package org.claudeagentui.acceptance.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the stack took each fault of a run: printed, and written to {@code faults.md} beside the report, when the run ends. */
public final class FaultTable implements AutoCloseable {
    private static final String FILE = "faults.md";

    private final Path directory;
    private final String sample;
    private final List<Healing> healings = new ArrayList<>();

    FaultTable(Path directory, String sample) {
        this.directory = directory;
        this.sample = sample;
    }

    /** Adds a row. */
    public void add(Healing healing) {
        healings.add(healing);
    }

    @Override
    public void close() {
        if (healings.isEmpty()) {
            return;
        }
        StringBuilder table = new StringBuilder("# Faults: ").append(sample)
                .append("\n\n| service | fault | whole again after, ms | what happened |\n|---|---|---:|---|\n");
        for (Healing healing : healings) {
            table.append("| %s | %s | %s | %s |%n".formatted(healing.cell().service(), healing.cell().faultName(),
                    healing.healed() ? String.valueOf(healing.after().toMillis()) : "never", healing.describe()
                            .replace("|", "\\|")
                            .replace("\n", " ")));
        }
        System.out.print("\n" + table);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(FILE), table);
        } catch (IOException e) {
            throw new UncheckedIOException("The table of faults cannot be written to " + directory, e);
        }
    }
}

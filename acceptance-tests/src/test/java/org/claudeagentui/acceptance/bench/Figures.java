package org.claudeagentui.acceptance.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.report.RunEnvironment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the benches measured: printed, and written to {@code figures.json}, when the run ends. */
final class Figures implements AutoCloseable {
    private static final String FILE = "figures.json";

    private record Figure(String name, String value, String goal) {}

    private final Path directory;
    private final List<Figure> figures = new ArrayList<>();

    Figures(Path directory) {
        this.directory = directory;
    }

    /** Adds a figure; the goal is empty where there is none. */
    void add(String name, double value, String unit, String goal) {
        figures.add(new Figure(name, String.format(Locale.ROOT, "%.1f %s", value, unit), goal));
    }

    /** Adds what is no number. */
    void tell(String name, String value) {
        figures.add(new Figure(name, value, ""));
    }

    /** Adds how many times as much one thing is as another. */
    void addRatio(String name, double value, String goal) {
        figures.add(new Figure(name, String.format(Locale.ROOT, "%.3f", value), goal));
    }

    /** Adds the median of several measurements, with the least and the largest of them. */
    void addMedian(String name, Distribution values, String unit, String goal) {
        figures.add(new Figure(name, String.format(Locale.ROOT, "%.1f %s (%.1f to %.1f, n=%d)", values.percentile(50), unit,
                values.percentile(0), values.percentile(100), values.size()), goal));
    }

    /** Adds the median and the 99th percentile of many measurements. */
    void addPercentiles(String name, Distribution values, String unit) {
        figures.add(new Figure(name, String.format(Locale.ROOT, "p50 %.2f %s, p99 %.2f %s (n=%d)", values.percentile(50), unit,
                values.percentile(99), unit, values.size()), ""));
    }

    @Override
    public void close() {
        StringBuilder table = new StringBuilder("\nFigures\n");
        for (Figure figure : figures) {
            table.append(String.format(Locale.ROOT, "  %-58s %s%s%n", figure.name(), figure.value(),
                    figure.goal().isEmpty() ? "" : "   (goal: " + figure.goal() + ")"));
        }
        System.out.print(table);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(FILE), new ObjectMapper().writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("environment", RunEnvironment.facts(), "figures", figures)));
        } catch (IOException e) {
            throw new UncheckedIOException("The figures cannot be written to " + directory, e);
        }
        System.out.println("  all of them   " + directory.resolve(FILE));
    }
}

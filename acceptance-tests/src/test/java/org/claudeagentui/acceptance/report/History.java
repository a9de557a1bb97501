package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Changes.Slower;
import org.claudeagentui.acceptance.report.Changes.Turn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What earlier runs found: of each part of a promise its last status, of each duration its last values. A run of a few tests
 * changes only what it tested, and one whose environment failed nothing.
 */
record History(Map<String, Seen> parts, Map<String, List<Double>> durations) {
    static final History EMPTY = new History(Map.of(), Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TIMES = Set.of("s", "ms");
    private static final int KEPT = 5;
    // On a shared machine single figures vary by half of their value: one is slower only beyond the slowest that was seen.
    private static final double GROWTH = 1.25;
    private static final Map<String, Double> NOISE = Map.of("s", 0.5, "ms", 20.0);

    /** A status, and the revision and time of the run that found it. */
    record Seen(Status status, String revision, String at) {}

    History {
        parts = new TreeMap<>(parts);
        durations = new TreeMap<>(durations);
    }

    static History read(Path file) throws IOException {
        return Files.exists(file) ? JSON.readValue(file.toFile(), History.class) : EMPTY;
    }

    String json() {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("What this run found can't be written as JSON", e);
        }
    }

    Changes compare(AcceptanceReport report) {
        if (report.verdict() == Verdict.ENVIRONMENT_FAILED) {
            return Changes.NONE;
        }
        int compared = 0;
        List<Turn> broken = new ArrayList<>();
        List<Turn> lost = new ArrayList<>();
        List<Turn> verified = new ArrayList<>();
        for (PromiseReport promise : report.promises()) {
            for (PartReport part : promise.parts()) {
                Seen before = parts.get(key(promise, part));
                if (part.tests().isEmpty() || before == null) {
                    continue;
                }
                compared++;
                if (before.status() != part.status()) {
                    Turn turn = new Turn(promise.id(), part.name(), before.status(), before.revision(), before.at());
                    switch (part.status()) {
                        case VERIFIED -> verified.add(turn);
                        case BROKEN -> broken.add(turn);
                        case NOT_VERIFIED -> lost.add(turn);
                    }
                }
            }
        }
        return new Changes(compared, broken, lost, verified, slower(report));
    }

    private List<Slower> slower(AcceptanceReport report) {
        List<Slower> slower = new ArrayList<>();
        for (TestOutcome test : report.tests()) {
            for (Figure figure : test.findings().figures()) {
                List<Double> before = durations.getOrDefault(key(test, figure), List.of());
                double slowest = before.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
                double noise = NOISE.getOrDefault(figure.unit(), Double.NaN);
                figure.number()
                        .filter(now -> now > slowest * GROWTH && now > slowest + noise)
                        .ifPresent(now -> slower.add(new Slower(test.test(), figure.name(), slowest, now, figure.unit())));
            }
        }
        return slower;
    }

    History after(AcceptanceReport report) {
        if (report.verdict() == Verdict.ENVIRONMENT_FAILED) {
            return this;
        }
        Map<String, Seen> newParts = new TreeMap<>(parts);
        Map<String, List<Double>> newDurations = new TreeMap<>(durations);
        for (PromiseReport promise : report.promises()) {
            for (PartReport part : promise.parts()) {
                if (!part.tests().isEmpty()) {
                    newParts.put(key(promise, part), new Seen(part.status(), report.fact("revision"), report.fact("started")));
                }
            }
        }
        for (TestOutcome test : report.tests()) {
            for (Figure figure : test.findings().figures()) {
                if (test.result() == Result.PASSED && TIMES.contains(figure.unit())) {
                    figure.number().ifPresent(now -> newDurations.merge(key(test, figure), List.of(now), History::last));
                }
            }
        }
        return new History(newParts, newDurations);
    }

    private static List<Double> last(List<Double> before, List<Double> now) {
        List<Double> all = new ArrayList<>(before);
        all.addAll(now);
        return all.subList(Math.max(0, all.size() - KEPT), all.size());
    }

    private static String key(PromiseReport promise, PartReport part) {
        return part.name().isEmpty() ? promise.id() : promise.id() + " " + part.name();
    }

    private static String key(TestOutcome test, Figure figure) {
        return test.test() + " " + figure.name() + " in " + figure.unit();
    }
}

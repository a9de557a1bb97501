package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a run takes of a catalogue of cases: all of them where the system property {@code acceptance.full} is true
 * ({@code mvn verify -Pfull}), else some, chosen by the run's seed ({@code -Dacceptance.seed=…} repeats a choice).
 *
 * @param chosen the cases taken, in the catalogue's order
 * @param total how many cases there are
 * @param seed what they were chosen by
 * @param <T> a case
 */
public record Sample<T>(List<T> chosen, int total, long seed) {
    private static final long SEED = seedOfThisRun();

    /** Copies the cases. */
    public Sample {
        chosen = List.copyOf(chosen);
    }

    /** Takes at most so many of the cases, in this run's choice. */
    public static <T> Sample<T> of(List<T> cases, int most) {
        return of(cases, Boolean.getBoolean("acceptance.full") ? cases.size() : most, SEED);
    }

    static <T> Sample<T> of(List<T> cases, int most, long seed) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        List<T> chosen = order.stream().limit(most).sorted().map(cases::get).toList();
        return new Sample<>(chosen, cases.size(), seed);
    }

    /** Says how many of how many, and how to take the same again. */
    public String describe() {
        return chosen.size() == total ? "all " + total : "%d of %d, seed %d".formatted(chosen.size(), total, seed);
    }

    private static long seedOfThisRun() {
        String given = System.getProperty("acceptance.seed", "");
        long seed = given.isBlank() ? new Random().nextInt(1_000_000) : Long.parseLong(given.strip());
        RunEnvironment.record("seed", seed);
        return seed;
    }
}

package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import static java.util.Comparator.comparingInt;

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

    /**
     * Takes at most so many of the cases, in this run's choice, in which as many of the aspects that the cases have are seen as so
     * many can show.
     */
    public static <T> Sample<T> covering(List<T> cases, int most, Function<T, Set<?>> aspects) {
        return covering(cases, Boolean.getBoolean("acceptance.full") ? cases.size() : most, aspects, SEED);
    }

    static <T> Sample<T> of(List<T> cases, int most, long seed) {
        List<Integer> chosen = shuffled(cases.size(), seed).subList(0, Math.min(most, cases.size()));
        return new Sample<>(chosen.stream().sorted().map(cases::get).toList(), cases.size(), seed);
    }

    private static List<Integer> shuffled(int size, long seed) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(all, new Random(seed));
        RunEnvironment.record("seed", seed);
        return all;
    }

    static <T> Sample<T> covering(List<T> cases, int most, Function<T, Set<?>> aspects, long seed) {
        List<Integer> left = shuffled(cases.size(), seed);
        Set<Object> seen = new HashSet<>();
        List<Integer> chosen = new ArrayList<>();
        while (!left.isEmpty() && chosen.size() < most) {
            Integer next = left.stream().min(comparingInt(at -> -unseen(aspects.apply(cases.get(at)), seen))).orElseThrow();
            left.removeIf(next::equals);
            chosen.add(next);
            seen.addAll(aspects.apply(cases.get(next)));
        }
        return new Sample<>(chosen.stream().sorted().map(cases::get).toList(), cases.size(), seed);
    }

    private static int unseen(Set<?> aspects, Set<Object> seen) {
        return (int) aspects.stream().filter(aspect -> !seen.contains(aspect)).count();
    }

    /** Says how many of how many, and how to take the same again. */
    public String describe() {
        return chosen.size() == total ? "all " + total : "%d of %d, seed %d".formatted(chosen.size(), total, seed);
    }

    private static long seedOfThisRun() {
        String given = System.getProperty("acceptance.seed", "");
        return given.isBlank() ? new Random().nextInt(1_000_000) : Long.parseLong(given.strip());
    }
}

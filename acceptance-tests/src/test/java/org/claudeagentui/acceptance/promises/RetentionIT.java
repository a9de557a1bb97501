package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Project;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/** The plan of what stays, compared with another of the same rules, in many histories. */
@AcceptanceTest
class RetentionIT {
    private static final int HISTORIES = 100_000;
    private static final int DAILY = 30;
    private static final int WEEKLY = 12;
    private static final int MONTHLY = 12;
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final LocalDateTime BEGINNING = LocalDateTime.of(2023, 11, 1, 0, 0);

    private record BackedUp(LocalDateTime at, boolean verified) {
        String line() {
            return NAME.format(at) + (verified ? " verified" : " -");
        }
    }

    @Test
    @Promise(value = "BKP-8", part = "the plan, in random histories")
    void thePlanKeepsWhatItShould(Evidence evidence) throws IOException {
        evidence.expected(
                "in each of %d random histories: of the last 30 days, 12 weeks, 12 months that have a set the newest one each, and the newest verified one,"
                        .formatted(HISTORIES)
                        + " stay, and no other; so at most 55; a second run drops nothing");

        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<List<BackedUp>> histories = new ArrayList<>();
        for (int i = 0; i < HISTORIES; i++) {
            histories.add(history(random));
        }
        List<Set<String>> kept = plans(histories);
        List<List<BackedUp>> again = new ArrayList<>();
        int most = 0;
        int wrong = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Set<String> stayed = kept.get(i);
            most = Math.max(most, stayed.size());
            wrong += stayed.equals(expected(histories.get(i))) ? 0 : 1;
            again.add(histories.get(i).stream().filter(set -> stayed.contains(NAME.format(set.at()))).toList());
        }
        List<Set<String>> keptAgain = plans(again);
        evidence.observed("seed %d: plans that differ: %d; most sets kept: %d; a second run keeps the same: %s".formatted(seed, wrong, most,
                keptAgain.equals(kept)));
        evidence.figure("histories", HISTORIES, "").figure("most sets kept", most, "");

        assertThat(wrong).isZero();
        assertThat(most).isBetween(DAILY + 1, DAILY + WEEKLY + MONTHLY + 1);
        assertThat(keptAgain).isEqualTo(kept);
    }

    private static List<BackedUp> history(Random random) {
        // From a few sets to more than retention wants, dense or sparse.
        int sets = 1 + random.nextInt(random.nextInt(10) == 0 ? 120 : 12);
        int days = 1 + random.nextInt(random.nextBoolean() ? 60 : 1000);
        Map<LocalDateTime, BackedUp> history = new TreeMap<>();
        for (int i = 0; i < sets; i++) {
            LocalDateTime at = BEGINNING.plusSeconds((long) (random.nextDouble() * days * 86_400));
            history.put(at, new BackedUp(at, random.nextInt(8) == 0));
        }
        return List.copyOf(history.values());
    }

    private static Set<String> expected(List<BackedUp> history) {
        List<BackedUp> newestFirst = history.stream().sorted(Comparator.comparing(BackedUp::at).reversed()).toList();
        Set<BackedUp> kept = new HashSet<>();
        kept.addAll(newestOfEach(newestFirst, at -> at.toLocalDate(), DAILY));
        kept.addAll(newestOfEach(newestFirst, RetentionIT::monday, WEEKLY));
        kept.addAll(newestOfEach(newestFirst, YearMonth::from, MONTHLY));
        newestFirst.stream().filter(BackedUp::verified).findFirst().ifPresent(kept::add);
        Set<String> names = new TreeSet<>();
        kept.forEach(set -> names.add(NAME.format(set.at())));
        return names;
    }

    private static LocalDate monday(LocalDateTime at) {
        return at.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private static List<BackedUp> newestOfEach(List<BackedUp> newestFirst, Function<LocalDateTime, Object> period, int most) {
        Map<Object, BackedUp> newest = new LinkedHashMap<>();
        newestFirst.forEach(set -> newest.putIfAbsent(period.apply(set.at()), set));
        return newest.values().stream().limit(most).toList();
    }

    private static List<Set<String>> plans(List<List<BackedUp>> histories) throws IOException {
        Path programs = Project.locate().root().resolve("database/backup");
        Process awk = new ProcessBuilder("awk", "-v", "daily=" + DAILY, "-v", "weekly=" + WEEKLY, "-v", "monthly=" + MONTHLY,
                "-f", programs.resolve("calendar.awk").toString(), "-f", programs.resolve("retention.awk").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (ExecutorService writer = Executors.newSingleThreadExecutor(); BufferedReader answers = awk.inputReader()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(histories, awk), writer);
            List<Set<String>> plans = new ArrayList<>();
            Set<String> plan = new TreeSet<>();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.isEmpty()) {
                    plans.add(plan);
                    plan = new TreeSet<>();
                } else if (line.startsWith("keep ")) {
                    plan.add(line.substring(5, 21));
                }
            }
            writing.join();
            return plans;
        } finally {
            awk.destroyForcibly();
        }
    }

    private static void write(List<List<BackedUp>> histories, Process awk) {
        try (PrintWriter questions = new PrintWriter(awk.outputWriter())) {
            histories.forEach(history -> {
                history.forEach(set -> questions.println(set.line()));
                questions.println();
            });
        }
    }
}

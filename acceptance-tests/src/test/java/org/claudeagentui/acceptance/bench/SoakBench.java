package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.LiveHeap;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs of all kinds, a few at once, for as long as {@code -Dacceptance.seconds} says: what the service holds stays level. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class SoakBench {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("acceptance.seconds", 600));
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);
    // Seldom: each is a full collection, and the service's own rhythm of those is part of what is looked at.
    private static final Duration BETWEEN_COUNTS = TIME.dividedBy(12);
    private static final int CLASSES_TOLD = 8;
    private static final int AT_ONCE = 6;
    private static final int SEED = 5;
    private static final double MOST_GROWTH = 1.15;
    /** However busy the machine is, who cancels is faster. */
    private static final int ENDLESS = 10_000;

    private enum Kind {
        WATCHED, CUT_AND_RESUMED, LEFT_ALONE, CANCELLED, FAILED, RETRIED, WITH_TOOL
    }

    @Timeout(value = 120, unit = TimeUnit.MINUTES)
    @Test
    void runsOfAllKindsForLong(Stacks stacks, Figures figures) {
        ComposeStack stack = stacks.create().with("MAX_WORKERS", String.valueOf(AT_ONCE));
        stack.start();
        Instant end = Instant.now().plus(TIME);
        Map<Kind, Integer> ended = new ConcurrentHashMap<>();
        List<Footprint> samples = new ArrayList<>();
        List<LiveHeap> counts = new ArrayList<>();
        try (Runner plain = Runner.of(stack, "{}");
                Runner tools = Runner.withTools(stack, "{}");
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> busy = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> work(plain, tools, end, new Random(SEED + i), ended), clients))
                    .toList();
            Instant start = Instant.now();
            await("the soak's end").atMost(TIME.plusMinutes(2))
                    .pollInterval(BETWEEN_SAMPLES)
                    .until(() -> {
                        busy.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
                        if (!Instant.now().isBefore(start.plus(BETWEEN_COUNTS.multipliedBy(counts.size() + 1L)))) {
                            counts.add(stack.engine().processes(stack.containerName(Service.EXPRESS)).liveHeap());
                        }
                        return samples.add(Footprint.of(stack)) && busy.stream().allMatch(CompletableFuture::isDone);
                    });
        }
        figures.tell("time and runs", "%s, %s".formatted(TIME, ended));
        figures.tell("heap grown most by", counts.getLast().growth(counts.get(counts.size() / 6), CLASSES_TOLD));
        List<Double> growths = List.of(growth(figures, "live heap, MiB", counts, LiveHeap::mebibytes, 0), growth(figures,
                "resident memory, MiB",
                samples,
                Footprint::resident, 50), growth(figures, "threads", samples, Footprint::threads, 50), growth(figures,
                        "open files and connections",
                        samples, Footprint::openFiles, 50), growth(figures, "database sessions", samples, Footprint::sessions, 50));

        assertThat(growths).allSatisfy(growth -> assertThat(growth).isLessThan(MOST_GROWTH));
    }

    /** Of the last third against the first after a time to warm up; of the heap the least counts, for runs at work come and go. */
    private static <T> double growth(Figures figures, String name, List<T> samples, ToDoubleFunction<T> value, double percentile) {
        List<T> warm = samples.subList(samples.size() / 6, samples.size());
        int third = warm.size() / 3;
        double first = Distribution.of(warm.subList(0, third).stream().mapToDouble(value)).percentile(percentile);
        double last = Distribution.of(warm.subList(warm.size() - third, warm.size()).stream().mapToDouble(value)).percentile(percentile);
        figures.tell(name, String.format(Locale.ROOT, "%.1f, then %.1f: x %.3f   (goal: level)", first, last, last / first));
        return last / first;
    }

    private static void work(Runner plain, Runner tools, Instant end, Random random, Map<Kind, Integer> ended) {
        while (Instant.now().isBefore(end)) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            run(kind, kind == Kind.WITH_TOOL ? tools : plain);
            ended.merge(kind, 1, Integer::sum);
        }
    }

    private static void run(Kind kind, Runner runner) {
        RunApi api = runner.api();
        String input = switch (kind) {
            case CANCELLED -> runner.scripted(script -> script.thinking("Hm.").text(ENDLESS, Duration.ofMillis(10)));
            case WATCHED, CUT_AND_RESUMED, LEFT_ALONE -> runner.scripted(script -> script.thinking("Hm.")
                    .text(100, Duration.ofMillis(10)));
            case FAILED -> runner.scripted(script -> script.text("All").reset());
            case RETRIED -> runner.scripted(script -> script.respond(529, Map.of("retry-after", "1")), script -> script.text("All well."));
            case WITH_TOOL -> runner.scripted(script -> script.waitingTool(Runner.TOOLS, Duration.ofMillis(100)), script -> script.text(
                    "All well."));
        };
        String run = api.start(runner.agent(), input);
        if (kind == Kind.CUT_AND_RESUMED || kind == Kind.CANCELLED) {
            untilText(api, run);
        }
        if (kind == Kind.CANCELLED) {
            api.cancel(run).orThrow();
        }
        if (kind == Kind.LEFT_ALONE) {
            await("the run's end").atMost(Duration.ofMinutes(1)).until(() -> api.run(run).path("state").asText().equals("completed"));
        }
        List<RunEvent> seen = api.persistently(run);
        String expected = switch (kind) {
            case FAILED -> "run.failed";
            case CANCELLED -> "run.cancelled";
            case WATCHED, CUT_AND_RESUMED, LEFT_ALONE, RETRIED, WITH_TOOL -> "run.completed";
        };
        assertThat(seen.getLast().type()).as(kind.name()).isEqualTo(expected);
    }

    private static void untilText(RunApi api, String run) {
        try (EventStream stream = api.follow(run, 0).orElseThrow()) {
            stream.until("text.delta");
        } catch (IOException e) {
            throw new UncheckedIOException("Run " + run + " has no text", e);
        }
    }
}

package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.runs.CountingReader;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Ten thousand watchers of fifty runs, asked of the service directly, within the seed's limits. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class WatchersBench {
    private static final int WATCHERS = 10_000;
    private static final int RUNS = 50;
    private static final int DELTAS = 60;
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration LEAD = Duration.ofSeconds(45);
    private static final Duration DEADLINE = Duration.ofMinutes(4);
    private static final double KIB = 1024;

    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    @Test
    void manyWatchersOfFewRuns(Stacks stacks, Figures figures) throws IOException {
        ComposeStack stack = stacks.create().with("MAX_WORKERS", String.valueOf(RUNS));
        stack.start();
        String address = stack.serviceAddress();
        List<CountingReader> readers = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            List<String> runs = IntStream.range(0, RUNS)
                    .mapToObj(i -> api.start(runner.agent(), runner.scripted(script -> script.delay(LEAD).text(DELTAS, PACE))))
                    .toList();
            long before = memory(stack);
            for (int i = 0; i < WATCHERS; i++) {
                readers.add(CountingReader.of(address, runs.get(i % RUNS)));
            }
            long connected = memory(stack);
            List<Long> seen = new ArrayList<>();
            await("the ends of all streams").atMost(DEADLINE).until(() -> readers.stream().allMatch(CountingReader::ended));
            readers.forEach(reader -> seen.add(reader.events()));
            long after = memory(stack);
            List<Long> expected = runs.stream().map(run -> (long) api.replay(run).size()).toList();
            long lost = IntStream.range(0, WATCHERS).mapToLong(i -> expected.get(i % RUNS) - seen.get(i)).sum();
            figures.add("watchers", WATCHERS, "", "of %d runs, an event a second each".formatted(RUNS));
            figures.tell("how the streams were answered and ended", readers.stream()
                    .collect(Collectors.groupingBy(CountingReader::head, Collectors.counting()))
                    .toString());
            figures.add("events lost", (double) lost, "", "of " + seen.stream().mapToLong(Long::longValue).sum());
            figures.add("memory a watcher, connected", (double) (connected - before) / KIB / WATCHERS, "KiB", "goal 40");
            figures.add("memory a watcher, at the end", (double) (after - before) / KIB / WATCHERS, "KiB", "goal 40");
            figures.addPercentiles("from the event's time to the watcher", Distribution.of(readers.stream()
                    .flatMapToDouble(CountingReader::delays)), "ms");
            assertThat(lost).as("events lost").isZero();
        } finally {
            readers.forEach(CountingReader::close);
        }
    }

    private static long memory(ComposeStack stack) {
        return stack.engine().usage(stack.containerName(Service.EXPRESS)).memoryBytes();
    }
}

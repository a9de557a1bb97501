package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.runs.StandingReader;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.SseReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Readers that take no bytes, beside one that does. */
@AcceptanceTest
@Isolated("it asserts milliseconds")
class SlowReaderIT {
    private static final int READERS = 20;
    private static final int LARGE_DELTAS = 2000;
    private static final int CHARACTERS = 2000;
    private static final Duration LARGE_PACE = Duration.ofMillis(4);
    private static final int STAMPED = 1000;
    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration PROMPT = Duration.ofMillis(50);
    private static final Duration LATEST = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration DROPPED = Duration.ofSeconds(40);
    private static final long MEBIBYTE = 1 << 20;
    private static final long MOST_PER_READER = 3 * MEBIBYTE;

    @Test
    @Promise("RUN-9")
    void aReaderThatStandsStillSlowsNobodyAndIsDropped(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "%d readers that take no bytes of a run of %d MB: the model isn't slowed, another run's deltas come within %d ms (99 %%), none later than %d ms; the service's memory grows by less than %d MB over what as many quick readers took it to; they are dropped, and go on from their last event with nothing lost"
                        .formatted(READERS, LARGE_DELTAS * CHARACTERS / MEBIBYTE, PROMPT.toMillis(), LATEST.toMillis(), READERS
                                * MOST_PER_READER / MEBIBYTE));

        List<StandingReader> readers = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            readByMany(api, largeRun(runner));
            String large = largeRun(runner);
            // Past the engine's proxy of published ports, which would take megabytes in their stead.
            String address = stack.serviceAddress();
            for (int i = 0; i < READERS; i++) {
                readers.add(StandingReader.of(address, large));
            }
            long before = stack.engine().usage(stack.containerName(Service.EXPRESS)).memoryBytes();
            await("all readers to stand in the way").atMost(DROPPED).until(() -> standing(stack) == READERS);
            StampedRun stamped = StampedRun.of(SseReader.post(stack.frontDoor() + "/api/agents/" + runner.agent() + "/execute",
                    "{\"input\":\"" + runner.scripted(script -> script.stampedText(STAMPED, PACE)) + "\"}", DEADLINE));
            Distribution millis = stamped.millis();
            List<RunEvent> replay = api.persistently(large);
            long grown = stack.engine().usage(stack.containerName(Service.EXPRESS)).memoryBytes() - before;
            await("the readers to be dropped").atMost(DROPPED).until(() -> standing(stack) == 0);
            int dropped = 0;
            int whole = 0;
            for (StandingReader reader : readers) {
                List<RunEvent> seen = new ArrayList<>(reader.whatIsLeft());
                dropped += seen.size() < replay.size() ? 1 : 0;
                seen.addAll(api.rest(large, seen.isEmpty() ? 0 : seen.getLast().id()));
                whole += seen.equals(replay) ? 1 : 0;
            }
            evidence.observed("%d events; %d of %d readers dropped, %d went on to the full replay".formatted(replay.size(), dropped,
                    READERS,
                    whole))
                    .figure("memory grown", grown / (double) MEBIBYTE, "MiB")
                    .figure("others' p99", millis.percentile(99), "ms")
                    .figure("others' latest", millis.percentile(100), "ms");

            assertThat(replay.getLast().type()).isEqualTo("run.completed");
            assertThat(stamped.isInOrder(STAMPED)).isTrue();
            assertThat(dropped).isEqualTo(READERS);
            assertThat(whole).isEqualTo(READERS);
            assertThat(grown).isLessThan(READERS * MOST_PER_READER);
            assertThat(millis.percentile(99)).isLessThanOrEqualTo((double) PROMPT.toMillis());
            assertThat(millis.percentile(100)).isLessThanOrEqualTo((double) LATEST.toMillis());
        } finally {
            readers.forEach(StandingReader::close);
        }
    }

    private static long standing(ComposeStack stack) {
        return StandingReader.fullBuffers(stack.exec(Service.EXPRESS, "cat", "/proc/net/tcp", "/proc/net/tcp6").orThrow());
    }

    private static String largeRun(Runner runner) {
        return runner.api()
                .start(runner.agent(), runner.scripted(script -> script.delay(Duration.ofSeconds(1))
                        .bulkText(LARGE_DELTAS, CHARACTERS, LARGE_PACE)));
    }

    private static void readByMany(RunApi api, String run) {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, READERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> api.rest(run, 0).size(), clients))
                    .toList()
                    .forEach(
                            CompletableFuture::join);
        }
    }
}

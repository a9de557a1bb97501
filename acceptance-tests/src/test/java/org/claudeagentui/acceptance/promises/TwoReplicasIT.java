package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Two replicas of the service behind one front door, with leases of four seconds instead of fifteen. */
@AcceptanceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoReplicasIT {
    private static final List<String> REPLICAS = List.of("express", "express-2");
    private static final int PORT = 3001;
    private static final int DELTAS = 490;
    private static final Duration PACE = Duration.ofMillis(8);
    private static final int KILLS = 20;
    private static final int KILLS_IN_A_PLAIN_RUN = 1;
    private static final int RUNS_A_KILL = 4;
    private static final int LATEST_KILL = 300;
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration BACK = Duration.ofSeconds(60);

    private final ComposeStack stack;
    private List<Runner> runners = List.of();

    TwoReplicasIT(Stacks stacks) throws IOException {
        stack = stacks.create();
        try (InputStream overlay = Objects.requireNonNull(TwoReplicasIT.class.getResourceAsStream("second-replica.yml"))) {
            stack.overlay("second-replica", new String(overlay.readAllBytes(), StandardCharsets.UTF_8).formatted(stack.root()));
        }
    }

    @BeforeAll
    void boot() {
        stack.start();
        runners = List.of(Runner.of(stack, "{}"));
    }

    @AfterAll
    void close() {
        runners.forEach(Runner::close);
    }

    private Runner runner() {
        return runners.getFirst();
    }

    private RunApi replica(int number) {
        String address = stack.networks().attachments(REPLICAS.get(number)).getFirst().address();
        Keys.use(stack, address + ":" + PORT);
        return new RunApi("http://%s:%d".formatted(address, PORT), LONGEST);
    }

    @Test
    @Promise(value = "RUN-4", part = "from replica to replica")
    void aStreamGoesOnFromTheOtherReplica(Evidence evidence) throws IOException {
        evidence.expected(
                "a run at work on one replica: a client that hangs up after every event and goes on from the other replica, by turns, sees each event once; the"
                        + " full replays of both replicas are the same, byte for byte");

        List<RunApi> replicas = List.of(replica(0), replica(1));
        String run = replicas.getFirst().start(runner().agent(), runner().scripted(script -> script.text(DELTAS, PACE)));
        List<RunEvent> seen = new ArrayList<>();
        while (seen.isEmpty() || !seen.getLast().ends()) {
            RunApi next = replicas.get(seen.size() % replicas.size());
            try (EventStream stream = next.follow(run, seen.isEmpty() ? 0 : seen.getLast().id()).orElseThrow()) {
                seen.add(stream.next().orElseThrow());
            }
        }
        List<RunEvent> first = replicas.get(0).replay(run);
        List<RunEvent> second = replicas.get(1).replay(run);
        evidence.observed("%d events by turns, %d and %d replayed".formatted(seen.size(), first.size(), second.size()))
                .figure("events", seen.size(), "");

        assertThat(seen).hasSizeGreaterThan(DELTAS);
        assertThat(first).isEqualTo(seen);
        assertThat(second).isEqualTo(seen);
    }

    @Test
    @Promise(value = "RUN-4", part = "a replica killed")
    void theRunsOfAKilledReplicaGoOnAtTheOther(Evidence evidence) {
        evidence.expected(
                "one of two replicas killed with SIGKILL at a random moment while %d runs are at work on it: the other takes them over and completes them;"
                        .formatted(RUNS_A_KILL)
                        + " clients that connect again through the front door see byte for byte what a full replay gives");

        Sample<Integer> sample = Sample.of(IntStream.rangeClosed(1, KILLS).boxed().toList(), KILLS_IN_A_PLAIN_RUN);
        List<List<String>> rows = new ArrayList<>();
        for (int kill : sample.chosen()) {
            int victim = kill % REPLICAS.size();
            rows.add(killed(kill, victim, new Random(sample.seed() + kill).nextInt(1, LATEST_KILL)));
        }
        evidence.table("Replicas killed", List.of("kill", "expected", "observed", "at the first run's event", "longest gap, s"), rows)
                .observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.toString()).isEqualTo(row.get(1)));
    }

    private List<String> killed(int kill, int victim, int event) {
        RunApi door = runner().api();
        RunApi doomed = replica(victim);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> runs = IntStream.range(0, RUNS_A_KILL)
                    .mapToObj(i -> doomed.start(runner().agent(), runner().scripted(script -> script.text(DELTAS, PACE), script -> script
                            .text(
                                    DELTAS, PACE))))
                    .toList();
            List<CompletableFuture<List<RunEvent>>> seen = runs.stream()
                    .map(run -> CompletableFuture.supplyAsync(() -> door.persistently(run), clients))
                    .toList();
            doomed.awaitEvent(runs.getFirst(), event);
            Instant killedAt = Instant.now();
            stack.signalHostPid(REPLICAS.get(victim), "KILL");
            int right = 0;
            Duration gap = Duration.ZERO;
            for (int i = 0; i < runs.size(); i++) {
                List<RunEvent> all = seen.get(i).join();
                boolean completed = all.getLast().type().equals("run.completed") && all.stream()
                        .anyMatch(each -> each.type().equals("turn.restarted"));
                right += completed && all.equals(replica(1 - victim).replay(runs.get(i))) ? 1 : 0;
                Duration until = Duration.between(killedAt, all.stream()
                        .filter(each -> each.at().isAfter(killedAt))
                        .findFirst()
                        .map(RunEvent::at)
                        .orElse(killedAt));
                gap = until.compareTo(gap) > 0 ? until : gap;
            }
            stack.events().await(REPLICAS.get(victim), EngineEvent.HEALTHY, killedAt, BACK);
            return List.of(String.valueOf(kill), RUNS_A_KILL + " completed by the other, equal to the replay",
                    right + " completed by the other, equal to the replay", String.valueOf(event), "%.1f".formatted(gap.toMillis()
                            / 1000.0));
        }
    }

    @Test
    @Promise(value = "RUN-5", part = "from another replica")
    void aRunIsCancelledFromTheOtherReplica(Evidence evidence) throws IOException {
        evidence.expected("cancelled through a replica that doesn't work on it, a run's model request is closed within %d ms".formatted(
                AT_ONCE
                        .toMillis()));

        String input = runner().scripted(script -> script.text(4000, PACE));
        String run = replica(0).start(runner().agent(), input);
        try (EventStream stream = replica(0).follow(run, 0).orElseThrow()) {
            stream.until("text.delta");
            Instant asked = Instant.now();
            replica(1).cancel(run).orThrow();
            RecordedRequest closed = runner().asked(input, request -> request.hungUpAt().isPresent());
            Duration took = Duration.ofNanos(closed.hungUpAt().orElseThrow() - ChronoUnit.NANOS.between(Instant.EPOCH, asked));
            List<RunEvent> rest = stream.until("");
            evidence.observed("the run ended with " + rest.getLast().type()).figure("closed after", took.toMillis(), "ms");

            assertThat(rest.getLast().type()).isEqualTo("run.cancelled");
            assertThat(took).isLessThanOrEqualTo(AT_ONCE);
        }
    }
}

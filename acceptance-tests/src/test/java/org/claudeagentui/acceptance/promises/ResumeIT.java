package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients whose connection breaks, or whose service does, against one that came when all was over. */
@AcceptanceTest
class ResumeIT {
    private static final int DELTAS = 490;
    private static final Duration PACE = Duration.ofMillis(8);
    private static final int WATCHERS = 3;
    private static final String LETTERS = "aé€😀";
    private static final int KILLS = 50;
    private static final int KILLS_IN_A_PLAIN_RUN = 1;
    private static final int RUNS_A_KILL = 3;
    private static final int LATEST_KILL = 300;
    private static final Duration BACK = Duration.ofSeconds(60);

    @Test
    @Promise(value = "RUN-4", part = "cut after every event")
    void aClientThatIsCutAfterEveryEventSeesEachOnce(ComposeStack stack, Evidence evidence) throws Exception {
        evidence.expected(
                "a run of at least 500 events; a client that hangs up after every event and connects again with its number, while the run goes on, sees byte"
                        + " for byte what a full replay gives, as do %d that stay; of the finished run, what comes after each event is the replay's rest, and"
                                .formatted(WATCHERS)
                        + " after the last 204");

        try (Runner runner = Runner.of(stack, "{}"); ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            RunApi api = runner.api();
            String run = api.start(runner.agent(), runner.scripted(script -> script.thinking("Let me see.").text(DELTAS, PACE)));
            List<CompletableFuture<List<RunEvent>>> watchers = IntStream.range(0, WATCHERS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> api.rest(run, 0), clients))
                    .toList();
            List<RunEvent> cut = cutAfterEveryEvent(api, run);
            List<RunEvent> replay = api.replay(run);
            long same = watchers.stream().filter(watcher -> watcher.join().equals(replay)).count();
            int wrongRests = 0;
            for (int i = 0; i < replay.size(); i++) {
                List<RunEvent> rest = api.rest(run, replay.get(i).id());
                wrongRests += rest.equals(replay.subList(i + 1, replay.size())) ? 0 : 1;
            }
            evidence.observed(
                    "%d events, the last %s; %d connections saw %d, equal to the replay: %s; %d of %d watchers saw the replay; wrong rests: %d"
                            .formatted(replay.size(), replay.getLast().type(), cut.size(), cut.size(), cut.equals(replay), same, WATCHERS,
                                    wrongRests))
                    .figure("events", replay.size(), "");

            assertThat(replay).hasSizeGreaterThanOrEqualTo(500);
            assertThat(replay).extracting(RunEvent::id)
                    .isEqualTo(IntStream.rangeClosed(1, replay.size()).mapToObj(Long::valueOf).toList());
            assertThat(replay.getLast().type()).isEqualTo("run.completed");
            assertThat(cut).isEqualTo(replay);
            assertThat(same).isEqualTo(WATCHERS);
            assertThat(wrongRests).isZero();
        }
    }

    private static List<RunEvent> cutAfterEveryEvent(RunApi api, String run) throws IOException {
        List<RunEvent> seen = new ArrayList<>();
        while (seen.isEmpty() || !seen.getLast().ends()) {
            try (EventStream stream = api.follow(run, seen.isEmpty() ? 0 : seen.getLast().id()).orElseThrow()) {
                seen.add(stream.next().orElseThrow());
            }
        }
        return seen;
    }

    @Test
    @Promise(value = "RUN-4", part = "cut at every byte of some events")
    void aClientThatIsCutInsideAnEventGetsItWhole(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "a client that is cut after each of the stream's bytes, in the midst of characters of two, three and four bytes too, and connects again with the"
                        + " number of the last whole event, has the full replay");

        try (Runner runner = Runner.of(stack, "{}")) {
            RunApi api = runner.api();
            String run = api.start(runner.agent(), runner.scripted(script -> script.text(LETTERS)));
            api.persistently(run);
            List<RunEvent> replay = api.replay(run);
            int bytes = replay.stream()
                    .mapToInt(event -> (event.id() + event.type() + event.data()).getBytes(StandardCharsets.UTF_8).length)
                    .sum();
            List<Integer> wrong = new ArrayList<>();
            for (int count = 1; count <= bytes; count++) {
                List<RunEvent> seen = new ArrayList<>();
                try (EventStream stream = api.follow(run, 0).orElseThrow()) {
                    seen.addAll(stream.within(count));
                }
                seen.addAll(api.rest(run, seen.isEmpty() ? 0 : seen.getLast().id()));
                if (!seen.equals(replay)) {
                    wrong.add(count);
                }
            }
            String text = replay.stream()
                    .filter(event -> event.type().equals("text.delta"))
                    .map(event -> event.json().path("text").asText())
                    .reduce("", String::concat);
            evidence.observed("%d events with the text %s, cut at %d places; not the replay: %s".formatted(replay.size(), text, bytes,
                    wrong));

            assertThat(text).isEqualTo(LETTERS);
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    @Breaks
    @Promise(value = "RUN-4", part = "the service killed")
    void aClientOfAKilledServiceSeesEachEventOnce(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the service's process killed with SIGKILL at a random moment while %d runs are at work: clients that connect again see byte for byte what a"
                        .formatted(RUNS_A_KILL)
                        + " full replay gives, and each run ends with an event that says how");

        Sample<Integer> sample = Sample.of(IntStream.rangeClosed(1, KILLS).boxed().toList(), KILLS_IN_A_PLAIN_RUN);
        List<List<String>> rows = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{}")) {
            for (int kill : sample.chosen()) {
                rows.add(killed(stack, runner, kill, new Random(sample.seed() + kill).nextInt(1, LATEST_KILL)));
            }
        }
        evidence.table("Services killed", List.of("kill", "expected", "observed", "at the first run's event", "ends, events"), rows)
                .observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.toString()).isEqualTo(row.get(1)));
    }

    private static List<String> killed(ComposeStack stack, Runner runner, int kill, int event) {
        RunApi api = runner.api();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> runs = IntStream.range(0, RUNS_A_KILL)
                    .mapToObj(i -> api.start(runner.agent(), runner.scripted(script -> script.text(DELTAS, PACE))))
                    .toList();
            List<CompletableFuture<List<RunEvent>>> seen = runs.stream()
                    .map(run -> CompletableFuture.supplyAsync(() -> api.persistently(run), clients))
                    .toList();
            api.awaitEvent(runs.getFirst(), event);
            Instant killedAt = Instant.now();
            stack.signalHostPid(Service.EXPRESS, "KILL");
            stack.events().await(Service.EXPRESS, EngineEvent.HEALTHY, killedAt, BACK);
            List<String> ends = new ArrayList<>();
            int right = 0;
            for (int i = 0; i < runs.size(); i++) {
                List<RunEvent> last = seen.get(i).join();
                List<RunEvent> replay = api.replay(runs.get(i));
                right += last.equals(replay) ? 1 : 0;
                ends.add(replay.getLast().type() + " " + replay.size());
            }
            return List.of(String.valueOf(kill), RUNS_A_KILL + " equal their replay", right + " equal their replay", String.valueOf(event),
                    String.join(", ", ends));
        }
    }
}

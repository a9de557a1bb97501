package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs on a stack that speaks HTTPS with the model, and has less patience than it usually has, so that a test need not have it: three
 * seconds of silence from the model instead of sixty, two to connect instead of ten (fewer than of silence, as always: who can't be
 * reached is asked again), three for a tool instead of sixty, leases of four seconds instead of fifteen.
 */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFaultsIT {
    private static final int WORKERS = 4;
    private static final int CELLS_IN_A_PLAIN_RUN = 4;
    private static final int FAILURES_AT_ONCE = WORKERS;
    private static final Duration TOOLS_TIME = Duration.ofSeconds(3);

    private final ComposeStack stack;
    private List<Runner> runners = List.of();

    RunFaultsIT(Stacks stacks) {
        stack = stacks.create().with("MAX_WORKERS", String.valueOf(WORKERS));
        stack.overlay("impatient", """
                services:
                  express:
                    environment: {CLAUDE_CONNECT_TIMEOUT: PT2S, CLAUDE_SILENCE: PT3S, RUNS_LEASE: PT4S, TOOLS_PATIENCE: PT3S}
                """);
    }

    @BeforeAll
    void boot() throws IOException {
        stack.prepare();
        StandinTls.of(stack);
        stack.up();
        runners = List.of(Runner.of(stack, "{}"), Runner.withTools(stack, "{}"));
    }

    @AfterAll
    void close() {
        runners.forEach(Runner::close);
    }

    private Runner runner() {
        return runners.getFirst();
    }

    @Test
    @Promise(value = "RUN-8", part = "the model's failures")
    void eachFailureOfTheModelEndsInARetryOrAClearError(Evidence evidence) {
        evidence.expected("each failure ends as docs/api.md says, after as many requests as it says, and no stream hangs");

        List<List<String>> rows;
        try (ExecutorService clients = Executors.newFixedThreadPool(FAILURES_AT_ONCE, Thread.ofVirtual().factory())) {
            List<CompletableFuture<List<String>>> failures = Arrays.stream(ModelFailure.values())
                    .map(failure -> CompletableFuture.supplyAsync(() -> row(failure), clients))
                    .toList();
            rows = failures.stream().map(CompletableFuture::join).toList();
        }
        evidence.table("Failures of the model", List.of("failure", "expected", "observed", "asked again because"), rows)
                .observed(rows.size() + " failures");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private List<String> row(ModelFailure failure) {
        RunApi api = runner().api();
        String input = runner().scripted(failure.answers());
        String run = api.start(runner().agent(), input);
        List<RunEvent> events = api.persistently(run);
        String observed = "%s, asked %d times, %s".formatted(end(events), runner().asked(input).size(), events.equals(api.replay(run))
                ? "equal to the replay"
                : "unlike the replay");
        return List.of(failure.name(), failure.expected(), observed, events.stream()
                .filter(event -> event.type().equals("turn.restarted"))
                .map(event -> event.json().path("reason").asText())
                .collect(Collectors.joining("; ")));
    }

    @Test
    @Promise(value = "RUN-3", part = "a tool's time-out, failure and a server that is away")
    void aToolThatTakesTooLongIsToldToTheModel(Evidence evidence) {
        evidence.expected("a tool that gives no answer within %d s: the model is told, and the run goes on".formatted(TOOLS_TIME
                .toSeconds()));

        Runner tools = runners.getLast();
        String input = tools.scripted(script -> script.waitingTool(Runner.TOOLS, TOOLS_TIME.plusSeconds(20)), script -> script.text(
                "I see."));
        List<RunEvent> events = tools.api().persistently(tools.api().start(tools.agent(), input));
        JsonNode returned = events.stream().filter(event -> event.type().equals("tool.returned")).findFirst().orElseThrow().json();
        evidence.observed("%s; then %s".formatted(returned.path("content").asText(), end(events)))
                .figure("from the call to the answer", returned.path("durationMs").asLong() / 1000.0, "s");

        assertThat(returned.path("isError").asBoolean()).isTrue();
        assertThat(returned.path("content").asText()).contains("no answer within " + TOOLS_TIME.toSeconds() + " s");
        assertThat(Duration.ofMillis(returned.path("durationMs").asLong())).isBetween(TOOLS_TIME, TOOLS_TIME.plusSeconds(1));
        assertThat(end(events)).isEqualTo("run.completed");
    }

    private static String end(List<RunEvent> events) {
        RunEvent last = events.getLast();
        String kind = last.json().at("/error/type").asText().replaceFirst("^.*:", " ");
        return last.type() + kind;
    }

    @Test
    @Promise(value = "RUN-8", part = "whatever befalls a run")
    @Promise(value = "RUN-4", part = "whatever befalls a run")
    void whateverBefallsARunItEndsClearlyAndIsSeenWhole(Evidence evidence) {
        evidence.expected(
                "at each point of a run, whatever befalls it: a client that connects again sees each event once, as a full replay gives them, and an end as"
                        + " docs/api.md promises it; the next run is well");

        FaultedRun runs = new FaultedRun(stack, runner(), runners.getLast(), WORKERS);
        List<FaultCell> possible = FaultCell.all()
                .stream()
                .filter(cell -> cell.impossible().isEmpty())
                .filter(cell -> Boolean.getBoolean("acceptance.full") || !cell.point().costly())
                .toList();
        Sample<FaultCell> sample = Sample.covering(possible, CELLS_IN_A_PLAIN_RUN, cell -> Set.of(cell.point(), cell.cause()));
        List<Outcome> outcomes = sample.chosen().stream().map(cell -> Outcome.of(cell, runs.seen(cell), runner().api())).toList();
        List<List<String>> impossible = FaultCell.all()
                .stream()
                .flatMap(cell -> cell.impossible().stream().map(why -> List.of(cell.toString(), why)))
                .toList();
        evidence.table("What befell runs", List.of("point, cause", "expected", "observed"), outcomes.stream().map(Outcome::row).toList())
                .table("What can't befall them", List.of("point, cause", "reason"), impossible)
                .observed(sample.describe() + "; without -Pfull neither connecting nor ends that only the journal lacks");

        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.end()).as(outcome.cell().toString()).isIn(outcome.cell().ends());
            assertThat(outcome.whole()).as("%s: equal to the replay", outcome.cell()).isTrue();
        });
    }

    private record Outcome(FaultCell cell, String end, boolean whole) {
        private static Outcome of(FaultCell cell, List<RunEvent> events, RunApi api) {
            return new Outcome(cell, RunFaultsIT.end(events), events.equals(api.replay(events.getFirst().json().path("runId").asText())));
        }

        private List<String> row() {
            return List.of(cell.toString(), String.join(" or ", cell.ends()) + ", equal to the replay", "%s, %s the replay".formatted(end,
                    whole
                            ? "equal to"
                            : "unlike"));
        }
    }
}

package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.ModelScript;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs that are cancelled, each in a phase of its own. */
@AcceptanceTest
class CancelIT {
    private static final int TRIALS = 1000;
    private static final int TRIALS_IN_A_PLAIN_RUN = 80;
    private static final int AT_ONCE = 4;
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    private enum Held {
        BY_NOBODY, BY_THE_MODEL, BY_A_TOOL
    }

    /** Where a run is cancelled: what the model does, what the client waits for, and who has a request of it open then. */
    @SuppressWarnings("ImmutableEnumChecker")
    private enum Phase {
        QUEUED(script -> script, "run.queued", Held.BY_NOBODY), CONNECTED(script -> script.delay(LONG), "turn.started",
                Held.BY_THE_MODEL), HEAD_ON_ITS_WAY(script -> script.headers(Duration.ofSeconds(1)).text("late"), "turn.started",
                        Held.BY_THE_MODEL), BEFORE_THE_FIRST_TOKEN(script -> script.usage(11, 5, 3, 1).messageStart().stall(LONG), "usage",
                                Held.BY_THE_MODEL), THINKING(script -> script.usage(11, 5, 3, 1).thinking("Let me see.").stall(LONG),
                                        "thinking.delta",
                                        Held.BY_THE_MODEL), IN_THE_TEXT(script -> script.usage(11, 5, 3, 1)
                                                .text(2000, Duration.ofMillis(5)), "text.delta",
                                                Held.BY_THE_MODEL), INSIDE_A_CHARACTER(script -> script.text("an é")
                                                        .cutInside("é", 1, StandinScript.Cut.STALL)
                                                        .text("é"),
                                                        "text.delta", Held.BY_THE_MODEL), AT_A_PING(script -> script.text("and then")
                                                                .ping()
                                                                .stall(LONG), "text.delta",
                                                                Held.BY_THE_MODEL), AFTER_THE_LAST_USAGE(script -> script.usage(11, 5, 3, 7)
                                                                        .text("all")
                                                                        .stopReason("end_turn")
                                                                        .stall(LONG),
                                                                        "usage", Held.BY_THE_MODEL), BETWEEN_TWO_ATTEMPTS(script -> script
                                                                                .respond(429, Map.of("retry-after", "20")),
                                                                                "turn.restarted", Held.BY_NOBODY), IN_A_TOOL_CALL(
                                                                                        script -> script.usage(11, 5, 3, 7)
                                                                                                .waitingTool(Runner.TOOLS, LONG),
                                                                                        "tool.called", Held.BY_A_TOOL);

        private final ModelScript script;
        private final String event;
        private final Held held;

        Phase(ModelScript script, String event, Held held) {
            this.script = script;
            this.event = event;
            this.held = held;
        }
    }

    /** What became of a cancelled run; the time is that from the call to the moment the stand-in saw its connection closed. */
    private record Outcome(Phase phase, String end, Optional<Duration> hungUp, String ledger) {
        String verdict() {
            return "%s, %s, %s".formatted(end, hungUp.map(took -> took.compareTo(AT_MOST) <= 0 ? "closed in time" : "closed after " + took)
                    .orElse("no request"), ledger);
        }

        String expected() {
            return "run.cancelled, %s, ledger right".formatted(phase.held == Held.BY_NOBODY ? "no request" : "closed in time");
        }
    }

    @Test
    @Promise(value = "RUN-5", part = "each phase")
    @Promise(value = "RUN-6", part = "cancelled")
    void aCancelledRunClosesItsRequestWithinASecond(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "cancelled in each phase, at a random event of it: 202, the stream ends with run.cancelled, the stand-in saw the request closed within %d ms of"
                        .formatted(AT_MOST.toMillis())
                        + " the call, be it the model's or a tool's (or was not asked, or not again); the run's tokens equal what the stand-in had reported where they are final, and are"
                        + " no more where they are a lower bound");

        Sample<Integer> sample = Sample.of(IntStream.rangeClosed(1, TRIALS).boxed().toList(), TRIALS_IN_A_PLAIN_RUN);
        List<Outcome> outcomes = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{\"thinkingBudget\":1024}");
                Runner withTools = Runner.withTools(stack, "{\"thinkingBudget\":1024}");
                ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Phase> running = IntStream.range(1, Phase.values().length).mapToObj(i -> Phase.values()[i]).toList();
            List<CompletableFuture<Outcome>> trials = sample.chosen()
                    .stream()
                    .map(trial -> CompletableFuture.supplyAsync(() -> {
                        Phase phase = running.get(trial % running.size());
                        return trial(phase == Phase.IN_A_TOOL_CALL ? withTools : runner, phase, new Random(sample.seed() + trial));
                    }, clients))
                    .toList();
            trials.forEach(trial -> outcomes.add(trial.join()));
            outcomes.addAll(queued(runner));
        }
        show(evidence, outcomes);
        evidence.observed("%s of running ones, and %d that waited".formatted(sample.describe(), outcomes.size() - sample.chosen().size()));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.verdict()).as(outcome.phase().name()).isEqualTo(outcome.expected()));
    }

    private static void show(Evidence evidence, List<Outcome> outcomes) {
        Map<Phase, List<Outcome>> byPhase = new EnumMap<>(Phase.class);
        outcomes.forEach(outcome -> byPhase.computeIfAbsent(outcome.phase(), phase -> new ArrayList<>()).add(outcome));
        List<List<String>> rows = byPhase.entrySet()
                .stream()
                .map(phase -> List.of(phase.getKey().name(), phase.getValue().getFirst().expected(), phase.getValue()
                        .stream()
                        .map(Outcome::verdict)
                        .distinct()
                        .reduce((one, other) -> one + "; " + other)
                        .orElse("")
                        .replaceFirst("^(.*)$", "$1 (" + phase.getValue().size() + ")"), latest(phase.getValue())))
                .toList();
        evidence.table("Cancelled runs", List.of("phase", "expected", "observed", "latest close, ms"), rows);
        Distribution millis = Distribution.of(outcomes.stream()
                .flatMap(outcome -> outcome.hungUp().stream())
                .mapToDouble(took -> took.toNanos() / 1e6));
        evidence.figure("closed, p50", millis.percentile(50), "ms").figure("closed, latest", millis.percentile(100), "ms");
    }

    private static String latest(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.hungUp().stream())
                .max(Duration::compareTo)
                .map(took -> String.valueOf(took.toMillis()))
                .orElse("–");
    }

    private static Outcome trial(Runner runner, Phase phase, Random random) {
        RunApi api = runner.api();
        String input = runner.scripted(phase.script);
        String run = api.start(runner.agent(), input);
        int events = phase == Phase.IN_THE_TEXT ? random.nextInt(1, 40) : 1;
        try (EventStream stream = api.follow(run, 0).orElseThrow()) {
            for (int i = 0; i < events; i++) {
                stream.until(phase.event);
            }
            if (phase == Phase.AFTER_THE_LAST_USAGE) {
                stream.until(phase.event);
            }
            switch (phase.held) {
                case BY_THE_MODEL -> runner.asked(input, request -> true);
                case BY_A_TOOL -> runner.toolCalled(input, call -> true);
                case BY_NOBODY -> {
                    // Nobody to wait for.
                }
            }
            Instant asked = Instant.now();
            int status = api.cancel(run).status();
            List<RunEvent> rest = stream.until("");
            String end = status == 202 ? rest.getLast().type() : "status " + status;
            Optional<Duration> hungUp = switch (phase.held) {
                case BY_THE_MODEL -> runner.asked(input, request -> request.hungUpAt().isPresent()).hungUpAt().map(at -> since(asked, at));
                case BY_A_TOOL -> runner.toolCalled(input, call -> call.hungUpAt().isPresent()).hungUpAt().map(at -> since(asked, at));
                case BY_NOBODY -> runner.asked(input).stream().skip(1).findFirst().map(again -> Duration.ofNanos(again.arrivedAt()));
            };
            return new Outcome(phase, end, hungUp, ledger(api.run(run), runner.asked(input)));
        } catch (IOException e) {
            throw new UncheckedIOException("The stream of " + run + " broke off in " + phase, e);
        }
    }

    // As many as can be at work stand still, so that these have to wait.
    private static List<Outcome> queued(Runner runner) {
        RunApi api = runner.api();
        List<String> before = LongStream.range(0, AT_ONCE)
                .mapToObj(i -> api.start(runner.agent(), runner.scripted(script -> script.stall(LONG))))
                .toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            String input = runner.scripted(script -> script.text("never said"));
            String run = api.start(runner.agent(), input);
            int status = api.cancel(run).status();
            List<RunEvent> events = api.persistently(run);
            boolean waited = events.getFirst().json().path("position").asInt() == 1;
            outcomes.add(new Outcome(Phase.QUEUED, status == 202 && waited
                    ? events.getLast().type()
                    : "status %d, waited: %s".formatted(
                            status,
                            waited), runner.asked(input).stream().findFirst().map(request -> Duration.ofNanos(request.arrivedAt())),
                    ledger(api.run(run), List.of())));
        }
        before.forEach(run -> api.cancel(run).orThrow());
        before.forEach(api::persistently);
        return outcomes;
    }

    private static Duration since(Instant asked, long hungUp) {
        return Duration.ofNanos(Math.max(0, hungUp - ChronoUnit.NANOS.between(Instant.EPOCH, asked)));
    }

    private static String ledger(JsonNode run, List<RecordedRequest> asked) {
        return Ledger.of(run).judge(asked);
    }
}

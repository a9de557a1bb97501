package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.runs.SlowRequest;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What befalls the request for a run, before there is a run. */
@AcceptanceTest
class RunRequestFaultsIT {
    private static final int CELLS_IN_A_PLAIN_RUN = 2;
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final String NO_RUN = "no run";
    private static final String COMPLETED = "run.completed";

    private enum Point {
        HALF_SENT, AGENT_LOOKED_UP
    }

    private record Cell(Point point, FaultCause cause) {
        static List<Cell> all() {
            return Arrays.stream(Point.values())
                    .flatMap(point -> Arrays.stream(FaultCause.values()).map(cause -> new Cell(point, cause)))
                    .toList();
        }

        Optional<String> impossible() {
            return switch (cause) {
                case CANCELLED -> Optional.of("there is no run yet whose id a client could name");
                case MODEL_RESET, MODEL_STALL -> Optional.of("nothing is asked of the model then");
                case CLIENT_GONE, CLIENT_SLOW, SERVICE_TERMINATED, SERVICE_KILLED, POSTGRES_KILLED, STRAPI_KILLED -> Optional.empty();
            };
        }

        /** What becomes of it; one of these. */
        Set<String> ends() {
            return switch (cause) {
                case CLIENT_SLOW -> Set.of(COMPLETED);
                case SERVICE_KILLED -> Set.of(NO_RUN);
                case CLIENT_GONE -> point == Point.HALF_SENT ? Set.of(NO_RUN) : Set.of(NO_RUN, COMPLETED);
                default -> Set.of(NO_RUN, COMPLETED);
            };
        }

        @Override
        public String toString() {
            return point + ", " + cause;
        }
    }

    /**
     * What came of a request.
     *
     * @param answer what the client was told, where it was told anything
     * @param end the last event of the run that is there
     */
    private record Outcome(Cell cell, Optional<Answer> answer, String end, boolean whole) {
        List<String> row() {
            return List.of(cell.toString(), String.join(" or ", cell.ends()), "%s; answered %s".formatted(end, answer.map(each -> String
                    .valueOf(each.status())).orElse("nothing")));
        }
    }

    @Test
    @Breaks
    @Promise(value = "RUN-8", part = "whatever befalls a request")
    void whateverBefallsARequestThereIsARunThatEndsOrNone(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "whatever befalls a request for a run: 201 and a run that ends, or else a problem document or a broken connection;"
                        + " never a run that hangs, nor two, nor one where the client was told that there is none");

        Sample<Cell> sample = Sample.covering(Cell.all().stream().filter(cell -> cell.impossible().isEmpty()).toList(),
                CELLS_IN_A_PLAIN_RUN, cell -> Set.of(cell.point(), cell.cause()));
        List<Outcome> outcomes = sample.chosen().stream().map(cell -> outcome(stack, cell)).toList();
        evidence.table("What befell requests", List.of("point, cause", "expected", "observed"), outcomes.stream()
                .map(Outcome::row)
                .toList())
                .table("What can't befall them", List.of("point, cause", "reason"), Cell.all()
                        .stream()
                        .flatMap(cell -> cell.impossible().stream().map(why -> List.of(cell.toString(), why)))
                        .toList())
                .observed(sample.describe());

        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.end()).as(outcome.cell().toString()).isIn(outcome.cell().ends());
            assertThat(outcome.whole()).as("%s: equal to the replay", outcome.cell()).isTrue();
            outcome.answer().ifPresent(answer -> {
                if (outcome.end().equals(NO_RUN)) {
                    assertThat(answer.status()).as(outcome.cell().toString()).isBetween(500, 599);
                    assertThat(answer.headers().firstValue("content-type")).as(outcome.cell().toString())
                            .hasValueSatisfying(type -> assertThat(type)
                                    .startsWith("application/problem+json"));
                } else {
                    assertThat(answer.status()).as(outcome.cell().toString()).isEqualTo(201);
                }
            });
        });
    }

    private static Outcome outcome(ComposeStack stack, Cell cell) {
        // An agent that nobody has asked for yet, so that Strapi is asked.
        try (Runner runner = Runner.of(stack, "{}")) {
            String input = runner.scripted(script -> script.text("All well."));
            Optional<Answer> answer = answer(stack, cell, runner, input);
            Healed.isAwaited(stack);
            List<String> runs = stack.query("SELECT id FROM runs.run WHERE input = '" + input + "'");
            if (runs.isEmpty()) {
                return new Outcome(cell, answer, NO_RUN, true);
            }
            assertThat(runs).as(cell + ": one run").hasSize(1);
            List<RunEvent> events = runner.api().persistently(runs.getFirst());
            return new Outcome(cell, answer, events.getLast().type(), events.equals(runner.api().replay(runs.getFirst())));
        }
    }

    private static Optional<Answer> answer(ComposeStack stack, Cell cell, Runner runner, String input) {
        // nginx holds a request back until it is whole: the service itself is asked.
        try (SlowRequest request = SlowRequest.forARun(stack.port("EXPRESS_PORT"), runner.agent(), input)) {
            switch (cell.point()) {
                case HALF_SENT -> {
                    request.sendHalf();
                    befall(stack, cell.cause(), request);
                    request.sendRest();
                }
                case AGENT_LOOKED_UP -> {
                    stack.signalAllHostPids(Service.STRAPI, "STOP");
                    try {
                        request.sendHalf();
                        request.sendRest();
                        befall(stack, cell.cause(), request);
                    } finally {
                        if (cell.cause() != FaultCause.STRAPI_KILLED) {
                            stack.signalAllHostPids(Service.STRAPI, "CONT");
                        }
                    }
                }
            }
            return request.answer();
        }
    }

    private static void befall(ComposeStack stack, FaultCause cause, SlowRequest request) {
        switch (cause) {
            case CLIENT_GONE -> request.close();
            case CLIENT_SLOW -> await().pollDelay(SLOW).until(() -> true);
            case SERVICE_TERMINATED -> stack.signalHostPid(Service.EXPRESS, "TERM");
            case SERVICE_KILLED -> stack.signalHostPid(Service.EXPRESS, "KILL");
            case POSTGRES_KILLED -> stack.signalHostPid(Service.POSTGRES, "KILL");
            case STRAPI_KILLED -> stack.signalAllHostPids(Service.STRAPI, "KILL");
            case CANCELLED, MODEL_RESET, MODEL_STALL -> throw new IllegalArgumentException(cause + " is impossible then");
        }
    }
}

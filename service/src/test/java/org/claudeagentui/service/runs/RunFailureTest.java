package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.security.TestUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a run when the model API fails. */
class RunFailureTest {

    private static final String SORRY = "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"message\":\"sorry\"}}";

    private LocalPostgres postgres;
    private FakeModel model;
    private Replica replica;

    @BeforeEach
    void start() throws Exception {
        postgres = LocalPostgres.shared();
        model = FakeModel.start();
        replica = Replica.start(postgres, model.address());
    }

    @AfterEach
    void stop() throws Exception {
        if (replica != null) {
            replica.close();
            model.close();
        }
    }

    static Stream<Arguments> passing() {
        return Stream.of(
                Arguments.of("429", (FakeModel.Script) call -> call.status(429, SORRY, "retry-after: 0")),
                Arguments.of("500", (FakeModel.Script) call -> call.status(500, SORRY)),
                Arguments.of("529", (FakeModel.Script) call -> call.status(529, "<html>no JSON at all</html>")),
                Arguments.of("reset before the head", (FakeModel.Script) call -> call.reset()),
                Arguments.of("reset after the head", (FakeModel.Script) call -> call.streaming().reset()),
                Arguments.of("overloaded in the stream", (FakeModel.Script) call -> call.streaming()
                        .event("error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")),
                Arguments.of("reset before the first token", (FakeModel.Script) call -> call.streaming().begin(10).reset()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void asksAgainWhileNothingOfTheAnswerHasCome(String name, FakeModel.Script failure) throws Exception {
        model.will(failure);
        model.will(call -> call.streaming().begin(10).text("better now").end(5));

        List<String> types = types(submit());
        assertThat(types).containsSubsequence("turn.started", "turn.restarted", "text.delta", "run.completed");
        assertThat(types).filteredOn("turn.restarted"::equals).hasSize(1);
    }

    static Stream<Arguments> lasting() {
        return Stream.of(
                Arguments.of("400", "model-request-invalid", (FakeModel.Script) call -> call.status(400, SORRY)),
                Arguments.of("404", "model-request-invalid", (FakeModel.Script) call -> call.status(404, SORRY)),
                Arguments.of("401", "model-access-refused", (FakeModel.Script) call -> call.status(401, SORRY)),
                Arguments.of("redirect", "model-answer-unreadable", (FakeModel.Script) call -> call.status(302, "",
                        "location: /elsewhere")),
                Arguments.of("429 that asks for more patience than there is", "model-rate-limited",
                        (FakeModel.Script) call -> call.status(429, SORRY, "retry-after: 3600")),
                Arguments.of("reset in the middle", "model-connection-failed",
                        (FakeModel.Script) call -> call.streaming().begin(10).text("Once").reset()),
                Arguments.of("an end in the middle", "model-connection-failed", (FakeModel.Script) call -> call.streaming()
                        .begin(10)
                        .text("Once")),
                Arguments.of("an end within a character", "model-connection-failed",
                        (FakeModel.Script) call -> call.streaming()
                                .begin(10)
                                .text("Once")
                                .raw(new byte[]{'d', 'a', 't', 'a', ':', (byte) 0xF0})),
                Arguments.of("an error in the middle", "model-overloaded", (FakeModel.Script) call -> call.streaming()
                        .begin(10)
                        .text("Once")
                        .event("error", "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")),
                Arguments.of("garbage in the middle", "model-answer-unreadable",
                        (FakeModel.Script) call -> call.streaming().begin(10).text("Once").raw("data: {\"type\":\n\n")),
                Arguments.of("bytes that are no UTF-8", "model-answer-unreadable",
                        (FakeModel.Script) call -> call.streaming().begin(10).text("Once").raw(new byte[]{(byte) 0xFF, '\n', '\n'})),
                Arguments.of("no HTTP", "model-answer-unreadable", (FakeModel.Script) call -> call.raw("SSH-2.0-whatever\r\n\r\n")),
                Arguments.of("silence before the head", "model-timed-out", (FakeModel.Script) call -> call.stall()),
                Arguments.of("silence in the middle", "model-timed-out", (FakeModel.Script) call -> call.streaming()
                        .begin(10)
                        .text("Once")
                        .stall()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lasting")
    void endsWithAClearError(String name, String error, FakeModel.Script failure) throws Exception {
        model.will(failure);
        Run run = Ends.of(replica, submit());

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error()).hasValueSatisfying(it -> assertThat(it.type()).endsWith(":" + error));
        assertThat(Duration.between(run.startedAt().orElseThrow(), run.endedAt().orElseThrow())).isLessThan(Duration.ofSeconds(10));
        model.nextCall();
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void givesUpAfterAFewAttempts() throws Exception {
        for (int i = 0; i < 3; i++) {
            model.will(call -> call.status(529, SORRY));
        }
        Run run = Ends.of(replica, submit());

        assertThat(run.error()).hasValueSatisfying(it -> assertThat(it.type()).endsWith(":model-overloaded"));
        assertThat(model.callsLeft()).isEqualTo(3);
    }

    @Test
    void addsUpWhatEachAttemptCounted() throws Exception {
        model.will(call -> call.streaming().begin(10).reset());
        model.will(call -> call.streaming().begin(10).text("hi").end(5));
        Run run = Ends.of(replica, submit());

        assertThat(run.usage()).contains(new RunUsage(new TokenUsage(20, 6, 6, 8), false));
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        model.will(call -> call.status(429, SORRY, "retry-after: 1"));
        model.will(call -> call.streaming().begin(1).text("hi").end(1));
        Run run = submit();
        model.nextCall();
        long refused = System.nanoTime();
        model.nextCall();
        assertThat(Duration.ofNanos(System.nanoTime() - refused)).isGreaterThan(Duration.ofMillis(900));
        assertThat(Ends.of(replica, run).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void endsARunThatTakesTooLongThoughTheModelKeepsTalking() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.timeout(limits, Duration.ofSeconds(1)));
        model.will(call -> {
            call.streaming().begin(1);
            while (!call.hungUp().isDone()) {
                call.event("ping", "{\"type\":\"ping\"}");
                call.pause(Duration.ofMillis(20));
            }
        });
        Run run = Ends.of(replica, submit());
        assertThat(run.error()).hasValueSatisfying(it -> assertThat(it.type()).endsWith(":model-timed-out"));
        assertThat(Duration.between(run.startedAt().orElseThrow(), run.endedAt().orElseThrow()))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }

    private Run submit() {
        return replica.runs().submit(new RunRequest("agent-1", "Tell a story", List.of()), TestUsers.User.ADMIN.caller());
    }

    private List<String> types(Run run) throws Exception {
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            return reader.untilEnd().stream().map(frame -> frame.field("event")).toList();
        }
    }
}

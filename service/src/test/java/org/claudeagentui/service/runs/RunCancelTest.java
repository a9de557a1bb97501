package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Cancelling a run, in each of its phases. */
class RunCancelTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private FakeModel model;
    private Replica replica;

    @BeforeEach
    void start() throws Exception {
        LocalPostgres postgres = LocalPostgres.shared();
        model = FakeModel.start();
        replica = Replica.start(postgres, model.address(), limits -> Limits.workersAndWaiting(limits, 1, 5));
    }

    @AfterEach
    void stop() throws Exception {
        if (replica != null) {
            replica.close();
            model.close();
        }
    }

    @Test
    void hangsUpOnAModelThatHasNotAnsweredYet() throws Exception {
        model.will(FakeModelCall::stall);
        Run run = submit();
        FakeModelCall call = model.nextCall();

        Run ended = cancelledAtOnce(run, call);
        assertThat(ended.usage()).contains(new RunUsage(TokenUsage.NONE, false));
    }

    @Test
    void hangsUpOnAModelThatHasOnlySentItsHead() throws Exception {
        model.will(call -> call.streaming().stall());
        Run run = submit();
        cancelledAtOnce(run, model.nextCall());
    }

    @Test
    void hangsUpInTheMiddleOfATextAndKeepsWhatWasCounted() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        Run run = submit();
        FakeModelCall call = model.nextCall();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }

        Run ended = cancelledAtOnce(run, call);
        assertThat(ended.output()).contains("Once upon");
        assertThat(ended.usage()).contains(new RunUsage(new TokenUsage(10, 1, 3, 4), false));
        assertThat(ended.costUsd()).isPresent();
    }

    @Test
    void doesNotEvenAskTheModelOfARunThatWaits() throws Exception {
        model.will(FakeModelCall::stall);
        Run first = submit();
        FakeModelCall call = model.nextCall();
        Run waiting = submit();

        long asked = System.nanoTime();
        replica.runs().cancel(waiting.id(), TestUsers.User.ADMIN.caller());
        Run ended = Ends.of(replica, waiting);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
        assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended.usage()).contains(RunUsage.NONE);
        assertThat(ended.startedAt()).isEmpty();

        cancelledAtOnce(first, call);
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void interruptsTheWaitBetweenTwoAttempts() throws Exception {
        model.will(call -> call.status(429, "{\"error\":{\"message\":\"slow down\"}}", "retry-after: 4"));
        Run run = submit();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("turn.restarted");
        }

        long asked = System.nanoTime();
        replica.runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
        assertThat(Ends.of(replica, run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
    }

    @Test
    void canBeAskedForTwiceButNotAfterAnotherEnd() throws Exception {
        model.will(call -> call.streaming().begin(1).stall());
        Run cancelled = submit();
        cancelledAtOnce(cancelled, model.nextCall());
        assertThat(replica.runs().cancel(cancelled.id(), TestUsers.User.ADMIN.caller()).state()).isEqualTo(RunState.CANCELLED);

        model.will(call -> call.streaming().begin(1).end(1));
        Run completed = Ends.of(replica, submit());
        assertThatThrownBy(() -> replica.runs().cancel(completed.id(), TestUsers.User.ADMIN.caller()))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(409));
        assertThatThrownBy(() -> replica.runs().cancel(RunId.random(), TestUsers.User.ADMIN.caller()))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(404));
    }

    private Run submit() {
        return replica.runs().submit(new RunRequest("agent-1", "Tell a story", List.of()), TestUsers.User.ADMIN.caller());
    }

    private Run cancelledAtOnce(Run run, FakeModelCall call) throws Exception {
        long asked = System.nanoTime();
        replica.runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
        long hungUp = call.hungUp().get(5, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(hungUp - asked)).isLessThan(AT_ONCE);
        Run ended = Ends.of(replica, run);
        assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended.error()).isEmpty();
        return ended;
    }
}

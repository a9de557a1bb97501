package org.claudeagentui.service.runs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Runs that are made for something, against a real PostgreSQL and a model API on a real socket. */
class OrderedRunsTest {
    private static final RunContext CONTEXT = new RunContext(Optional.of("Be kind."), List.of(
            new SpokenMessage(Message.Role.USER, "Who are you?", List.of()), new SpokenMessage(Message.Role.ASSISTANT, "Ada.", List.of())));

    private final FakeRecipient chats = new FakeRecipient(RunOrigin.Kind.CHAT);
    private final FakeRecipient tasks = new FakeRecipient(RunOrigin.Kind.TASK);
    private final RunOrigin chat = new RunOrigin(RunOrigin.Kind.CHAT, "chat" + UUID.randomUUID());
    private final RunOrigin task = new RunOrigin(RunOrigin.Kind.TASK, "task" + UUID.randomUUID());
    private LocalPostgres postgres;
    private FakeModel model;
    private Replica replica;

    @BeforeEach
    void start() throws Exception {
        postgres = LocalPostgres.shared();
        model = FakeModel.start();
        replica = Replica.start(postgres, model.address(), chats, tasks);
    }

    @AfterEach
    void stop() throws Exception {
        if (replica != null) {
            replica.close();
            model.close();
        }
    }

    @Test
    void beginsWithWhatWasSaidBefore() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        Run run = submit(chat, CONTEXT);

        JsonObject asked = model.nextCall().body();
        assertThat(asked.getString("system")).isEqualTo("Be kind.");
        assertThat(asked.getJsonArray("messages")).isEqualTo(json("""
                {"messages":[{"role":"user","content":"Who are you?"},{"role":"assistant","content":"Ada."},
                  {"role":"user","content":[{"type":"text","text":"And what?","cache_control":{"type":"ephemeral"}}]}]}""").getJsonArray(
                "messages"));
        assertThat(Ends.of(replica, run).output()).contains("Countess");
    }

    @Test
    void saysTheSameAfterAnotherReplicaHasTakenItOver() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Coun").stall());
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        Run run = submit(chat, CONTEXT);
        FakeModelCall first = model.nextCall();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }

        replica.vanish();
        replica = Replica.start(postgres, model.address(), chats, tasks);

        assertThat(Ends.of(replica, run).output()).contains("Countess");
        assertThat(model.nextCall().body()).isEqualTo(first.body());
        assertThat(awaitEnd(chats, run).run().output()).contains("Countess");
    }

    @Test
    void isToldOfOnceItHasEndedEvenWhenNobodyHeardAtFirst() throws Exception {
        chats.isAway(true);
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        Run run = submit(chat, RunContext.NONE);
        assertThat(Ends.of(replica, run).state()).isEqualTo(RunState.COMPLETED);

        replica.vanish();
        chats.isAway(false);
        replica = Replica.start(postgres, model.address(), chats, tasks);

        RunReport end = awaitEnd(chats, run);
        assertThat(end.first()).isTrue();
        assertThat(end.origin()).isEqualTo(chat);
        assertThat(end.run().output()).contains("Countess");
        assertThat(chats.reports()).containsExactly(end);
    }

    @Test
    void aChatHasOneTurnAtATime() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Coun").stall());
        model.will(call -> call.streaming().begin(10).text("Yes").end(2));
        Run run = submit(chat, RunContext.NONE);

        assertThatThrownBy(() -> submit(chat, RunContext.NONE)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().status()).isEqualTo(409);
            assertThat(refused.problem().detail()).contains("/api/runs/" + run.id() + "/cancel");
        });
        assertThatThrownBy(() -> replica.runs().withoutRun(chat, () -> "deleted")).isInstanceOf(ProblemException.class);
        model.nextCall();
        replica.runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
        Ends.of(replica, run);

        Run next = submit(chat, RunContext.NONE);
        // The turn before was told of first.
        assertThat(chats.end(run)).isPresent();
        assertThat(Ends.of(replica, next).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void noNextTurnBeginsBeforeTheLastIsKept() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        Run run = submit(chat, RunContext.NONE);
        chats.isAway(true);
        Ends.of(replica, run);

        assertThatThrownBy(() -> submit(chat, RunContext.NONE)).hasMessage("away");
    }

    @Test
    void aTurnThatCantBeginLeavesNoTrace() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        assertThatThrownBy(() -> replica.runs()
                .submit(chat, request(), () -> {
                    throw new IllegalStateException("no history");
                }, TestUsers.User.ADMIN.caller())).hasMessage("no history");

        assertThat(Ends.of(replica, submit(chat, RunContext.NONE)).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void aRecipientThatNeverTakesAReportIsAskedNoMore() throws Exception {
        chats.refuses();
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        model.will(call -> call.streaming().begin(10).text("Countess").end(2));
        Ends.of(replica, submit(chat, RunContext.NONE));

        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(ProblemException.class)
                .until(() -> submit(chat,
                        RunContext.NONE) != null);
    }

    @Test
    void aTaskHearsWhichOfItsRunsIsTheLatest() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Slow").stall());
        model.will(call -> call.streaming().begin(10).text("Quick").end(2));
        Run first = submit(task, RunContext.NONE);
        model.nextCall();
        Run second = submit(task, RunContext.NONE);
        assertThat(awaitEnd(tasks, second).latest()).isTrue();
        replica.runs().cancel(first.id(), TestUsers.User.ADMIN.caller());

        assertThat(awaitEnd(tasks, first).latest()).isFalse();
        assertThat(replica.runs().list(task, 1, 1, true).data()).extracting(Run::id)
                .containsExactly(second.id());
        assertThat(replica.runs().list(task, 2, 1, true).total()).isEqualTo(2);
    }

    private Run submit(RunOrigin origin, RunContext context) {
        return replica.runs().submit(origin, request(), () -> context, TestUsers.User.ADMIN.caller());
    }

    private static RunRequest request() {
        return new RunRequest("agent-1", "And what?", List.of());
    }

    private static RunReport awaitEnd(FakeRecipient recipient, Run run) {
        await().atMost(Duration.ofSeconds(30)).until(() -> recipient.end(run).isPresent());
        return recipient.end(run).orElseThrow();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

package org.claudeagentui.service.runs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Runs with attachments, as far as the store is but an interface. */
class AttachmentRunTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String PNG = "\u0089PNG\r\n\u001a\n0123456789";
    private static final String PDF = "%PDF-1.4 \u00ff";

    private final FakeAttachmentStore store = new FakeAttachmentStore();
    private FakeModel model;
    private LocalPostgres postgres;
    private Replica replica;

    @BeforeEach
    void start() throws Exception {
        postgres = LocalPostgres.shared();
        model = FakeModel.start();
        replica = replica(Replica.LIMITS, 1_000);
    }

    @AfterEach
    void stop() throws Exception {
        if (replica != null) {
            replica.close();
            model.close();
        }
    }

    private Replica replica(RunLimits limits, long memory) throws Exception {
        return Replica.start(postgres, model.address(), limits, new AttachmentAccess(store, new ByteBudget(memory), PATIENCE));
    }

    private void restart(RunLimits limits, long memory) throws Exception {
        replica.close();
        replica = replica(limits, memory);
    }

    @Test
    void givesTheModelAllFilesBeforeTheInput() throws Exception {
        model.will(call -> call.streaming().begin(10).text("I see").end(2));
        Run run = replica.runs()
                .submit(new RunRequest("agent-1", "What is it?", List.of(
                        inline("p.png", AttachmentType.PNG, PNG), new AttachmentSource.Uploaded(store.keep("p.pdf", AttachmentType.PDF,
                                PDF)),
                        inline("t.csv", AttachmentType.CSV, "a;\"b\"\n"))), TestUsers.User.ADMIN.caller());

        assertThat(message(model.nextCall())).isEqualTo(json("""
                {"role":"user","content":[
                  {"type":"image","source":{"type":"base64","media_type":"image/png","data":"%s"}},
                  {"type":"document","title":"p.pdf","source":{"type":"base64","media_type":"application/pdf","data":"%s"}},
                  {"type":"document","title":"t.csv","source":{"type":"text","media_type":"text/plain","data":"a;\\"b\\"\\n"}},
                  {"type":"text","text":"What is it?"}]}""".formatted(base64(PNG), base64(PDF))));
        Run ended = Ends.of(replica, run);
        assertThat(ended.state()).isEqualTo(RunState.COMPLETED);
        assertThat(ended.attachments()).isEqualTo(run.attachments()).hasSize(3);
        assertThat(RunJson.of(ended).getJsonArray("attachments").getJsonObject(0)).isEqualTo(json("""
                {"id":"%s","name":"p.png","mediaType":"image/png","size":%d}""".formatted(ended.attachments().getFirst().id(), PNG
                .length())));
    }

    @Test
    void saysTheSameFirstAfterAnotherReplicaHasTakenTheRunOver() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        model.will(call -> call.streaming().begin(10).text("There was").end(7));
        Run run = submit(inline("p.png", AttachmentType.PNG, PNG));
        FakeModelCall first = model.nextCall();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }
        replica.vanish();
        replica = replica(Replica.LIMITS, 1_000);

        assertThat(Ends.of(replica, run).output()).contains("There was");
        FakeModelCall second = model.nextCall();
        assertThat(second.body().toString()).isEqualTo(first.body().toString()).contains(base64(PNG));
    }

    @Test
    void failsWhereAFileIsMissing() throws Exception {
        assertUnusable(store::forget, "is missing");
    }

    @Test
    void failsWhereAFileIsNotTheOneThatWasAttached() throws Exception {
        assertUnusable(id -> store.change(id, PNG.replace('9', '8')), "has changed");
        assertUnusable(id -> store.change(id, PNG + "x"), "has changed");
        assertUnusable(id -> store.change(id, ""), "has changed");
    }

    /** While a run waits for its turn, something becomes of its attachment. */
    private void assertUnusable(Consumer<String> fate, String why) throws Exception {
        restart(Limits.workersAndWaiting(Replica.LIMITS, 1, 5), 1_000);
        model.will(FakeModelCall::stall);
        Run before = replica.runs().submit(new RunRequest("agent-1", "Keep the place", List.of()), TestUsers.User.ADMIN.caller());
        model.nextCall();
        Run run = submit(inline("p.png", AttachmentType.PNG, PNG));
        fate.accept(run.attachments().getFirst().id());
        replica.runs().cancel(before.id(), TestUsers.User.ADMIN.caller());

        Run ended = Ends.of(replica, run);
        assertThat(ended.state()).isEqualTo(RunState.FAILED);
        assertThat(ended.error()).hasValueSatisfying(error -> {
            assertThat(error.type()).endsWith(":attachment-unusable");
            assertThat(error.detail()).contains("\"p.png\"", "upload " + run.attachments().getFirst().id(), why);
        });
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void failsWhereAFileIsNotWhatItsRowSays() throws Exception {
        Run ended = Ends.of(replica, submit(uploaded("p.png", AttachmentType.PNG, PDF)));
        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.detail()).contains("\"p.png\"", "is not image/png"));

        Run text = Ends.of(replica, submit(uploaded("t.txt", AttachmentType.TEXT, PDF)));
        assertThat(text.error()).hasValueSatisfying(error -> assertThat(error.detail()).contains("\"t.txt\"", "no text in UTF-8"));
    }

    @Test
    void stopsAtOnceWhileAFileIsAwaited() throws Exception {
        store.is(FakeAttachmentStore.Mood.SILENT);
        Run run = submit(inline("p.png", AttachmentType.PNG, PNG));
        store.awaitSomebodyWaiting();

        assertCancelledAtOnce(run);
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void endsInItsTimeWhileAFileIsAwaited() throws Exception {
        restart(Limits.timeout(Replica.LIMITS, Duration.ofSeconds(1)), 1_000);
        store.is(FakeAttachmentStore.Mood.SILENT);
        Run ended = Ends.of(replica, submit(inline("p.png", AttachmentType.PNG, PNG)));

        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.type()).endsWith(":run-timed-out"));
        assertThat(Duration.between(ended.startedAt().orElseThrow(), ended.endedAt().orElseThrow())).isBetween(Duration.ofMillis(950),
                Duration.ofSeconds(2));
    }

    @Test
    void waitsForAStoreThatIsAwayButNotForEver() throws Exception {
        store.is(FakeAttachmentStore.Mood.AWAY);
        model.will(call -> call.streaming().begin(10).text("I see").end(2));
        Run patient = submit(inline("p.png", AttachmentType.PNG, PNG));
        await().atMost(PATIENCE)
                .until(() -> replica.runs().find(patient.id(), TestUsers.User.ADMIN.caller()).orElseThrow().state() == RunState.RUNNING);
        store.is(FakeAttachmentStore.Mood.WELL);
        assertThat(Ends.of(replica, patient).state()).isEqualTo(RunState.COMPLETED);

        store.is(FakeAttachmentStore.Mood.AWAY);
        Run ended = Ends.of(replica, submit(inline("p.png", AttachmentType.PNG, PNG)));
        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.detail()).contains("\"p.png\"", "The store is AWAY."));
        assertThat(Duration.between(ended.startedAt().orElseThrow(), ended.endedAt().orElseThrow())).isBetween(PATIENCE, PATIENCE.plus(
                AT_ONCE));
    }

    @Test
    void takesUpNoMoreMemoryThanThereIs() throws Exception {
        long forOne = AttachmentType.PNG.weight(PNG.length());
        restart(Replica.LIMITS, 2 * forOne - 1);
        model.will(FakeModelCall::stall);
        model.will(call -> call.streaming().begin(10).text("I see").end(2));
        Run first = submit(inline("p.png", AttachmentType.PNG, PNG));
        FakeModelCall call = model.nextCall();
        Run second = submit(inline("p.png", AttachmentType.PNG, PNG));
        Run third = submit(inline("p.png", AttachmentType.PNG, PNG));
        await().atMost(PATIENCE)
                .until(() -> replica.runs().find(third.id(), TestUsers.User.ADMIN.caller()).orElseThrow().state() == RunState.RUNNING);

        assertCancelledAtOnce(second);
        assertThat(model.callsLeft()).as("the memory is the first run's still").isZero();
        replica.runs().cancel(first.id(), TestUsers.User.ADMIN.caller());
        assertThat(call.hungUp()).succeedsWithin(AT_ONCE);
        assertThat(Ends.of(replica, third).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void keepsNoFileOfARunThatIsNotAccepted() throws Exception {
        restart(Limits.workersAndWaiting(Replica.LIMITS, 1, 0), 1_000);
        model.will(FakeModelCall::stall);
        submit(inline("p.png", AttachmentType.PNG, PNG));
        model.nextCall();
        var uploaded = uploaded("p.pdf", AttachmentType.PDF, PDF);

        assertThatThrownBy(() -> submit(inline("q.png", AttachmentType.PNG, PNG), uploaded)).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().status()).isEqualTo(503));
        assertThat(store.names()).containsExactly("p.png", "p.pdf");
    }

    @Test
    void attachesNoMoreThanOneRequestToTheModelTakes() {
        var large = uploaded("p.pdf", AttachmentType.PDF, PDF + " ".repeat(12_000_000));

        assertThatThrownBy(() -> submit(large, large, inline("q.png", AttachmentType.PNG, PNG))).isInstanceOfSatisfying(
                ProblemException.class, e -> assertThat(e.problem().errors()).extracting(FieldError::field).containsExactly("attachments"));
        assertThatThrownBy(() -> submit(new AttachmentSource.Uploaded("99"), inline("q.png", AttachmentType.PNG, PNG)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().errors()).extracting(FieldError::field)
                        .containsExactly("attachments[0].uploadId"));
        assertThat(store.names()).containsExactly("p.pdf");
    }

    private void assertCancelledAtOnce(Run run) throws Exception {
        long asked = System.nanoTime();
        replica.runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
        assertThat(Ends.of(replica, run).state()).isEqualTo(RunState.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
    }

    private Run submit(AttachmentSource... attachments) {
        return replica.runs().submit(new RunRequest("agent-1", "What is it?", List.of(attachments)), TestUsers.User.ADMIN.caller());
    }

    private AttachmentSource uploaded(String name, AttachmentType type, String latin1) {
        return new AttachmentSource.Uploaded(store.keep(name, type, latin1));
    }

    private static AttachmentSource inline(String name, AttachmentType type, String latin1) {
        return new AttachmentSource.Inline(name, type, new AttachmentContent(latin1.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static JsonObject message(FakeModelCall call) {
        return call.body().getJsonArray("messages").getJsonObject(0);
    }

    private static String base64(String latin1) {
        return Base64.getEncoder().encodeToString(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

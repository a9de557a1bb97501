package org.claudeagentui.service.chats;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("service")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatsTest {
    private FakeModel model;
    private RunningService service;
    private String agent;

    @BeforeAll
    void start() throws Exception {
        int database = LocalPostgres.shared().port();
        model = FakeModel.start();
        service = RunningService.start("ANTHROPIC_BASE_URL=" + model.address(), "DATABASE_PORT=" + database, "DATABASE_PASSWORD=unused");
        agent = service.send("POST", "/api/agents", """
                {"name":"Ada","systemPrompt":"Be brief and kind.","model":"haiku","skills":["skill1"]}""").json().getString("id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.get("/health/ready").body()).contains("\"status\":\"UP\"").doesNotContain("DOWN"));
    }

    @AfterAll
    void stop() throws Exception {
        if (service != null) {
            service.close();
            model.close();
        }
    }

    @Test
    void tellsTheModelWhatWasSaidBefore() throws Exception {
        String chat = chat("");
        answered("Countess");
        assertThat(say(chat, "Who are you?").body()).contains("event: run.completed");
        assertThat(model.nextCall().body().toString()).contains("Who are you?").contains("Be brief and kind.");
        answered("1815");
        say(chat, "Born when?");

        assertThat(texts(model.nextCall())).containsExactly("user: Who are you?", "assistant: Countess", "user: Born when?");
        assertThat(said(chat)).containsExactly("user: Who are you?", "assistant: Countess", "user: Born when?", "assistant: 1815");
        JsonObject answer = messages(chat, "?pageSize=1&sort=createdAt:desc").getJsonObject(0);
        assertThat(answer.getString("outcome")).isEqualTo("completed");
        assertThat(answer.getJsonObject("usage").getInt("outputTokens")).isEqualTo(2);
        assertThat(answer.getString("runId")).hasSize(36);
        assertThat(service.get("/api/chats/" + chat + "/messages?pageSize=3").json().getJsonObject("meta").getInt("total")).isEqualTo(4);
    }

    @Test
    void keepsAndMarksTheTextOfACancelledAnswer() throws Exception {
        String chat = chat("");
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        CompletableFuture<Answer> turn = CompletableFuture.supplyAsync(() -> say(chat, "Tell a tale"));
        model.nextCall();
        String run = await().atMost(Duration.ofSeconds(10)).until(() -> runOf(say(chat, "Quick!")), text -> !text.isEmpty());
        await().atMost(Duration.ofSeconds(10)).until(() -> said(chat).size() == 1);
        service.send("POST", "/api/runs/" + run + "/cancel", "{}");
        assertThat(turn.get(10, TimeUnit.SECONDS).body()).contains("event: run.cancelled");

        JsonObject answer = messages(chat, "").getJsonObject(1);
        assertThat(answer.getString("outcome")).isEqualTo("cancelled");
        assertThat(answer.getString("content")).isEqualTo("Once upon");
        answered("a time");
        say(chat, "Go on");
        assertThat(texts(model.nextCall())).containsExactly("user: Tell a tale", "assistant: Once upon", "user: Go on");
    }

    @Test
    void saysInThePlaceOfAnAnswerThatThereWasNone() throws Exception {
        String chat = chat("");
        model.will(call -> call.status(401, "{\"error\":{\"message\":\"no\"}}"));
        assertThat(say(chat, "Hello?").body()).contains("event: run.failed");
        model.nextCall();
        answered("Yes");
        say(chat, "Still there?");

        assertThat(texts(model.nextCall())).containsExactly("user: Hello?", "assistant: (There was no answer: it failed.)",
                "user: Still there?");
        assertThat(messages(chat, "").getJsonObject(1).getString("outcome")).isEqualTo("failed");
    }

    @Test
    void saysInThePlaceOfADeletedFileThatItWasDeleted() throws Exception {
        String upload = service.strapi().uploads().keep("tides.txt", "text/plain", "High at six".getBytes(StandardCharsets.US_ASCII));
        String chat = chat("");
        answered("Noted");
        service.send("POST", "/api/chats/" + chat + "/messages", """
                {"content":"Read this","attachments":[{"uploadId":"%s"}]}""".formatted(upload));
        assertThat(model.nextCall().body().toString()).contains("High at six");
        service.strapi().uploads().lose(upload);
        answered("I can't tell");

        assertThat(say(chat, "When?").body()).contains("event: run.completed");
        assertThat(texts(model.nextCall())).containsExactly(
                "user: (The file \"tides.txt\" was attached here. It has been deleted since.)", "assistant: Noted", "user: When?");
    }

    @Test
    void hasItsOwnPromptAndSkillsBesideTheAgents() throws Exception {
        String chat = chat(",\"customSystemPrompt\":\"Be terse.\",\"skills\":[\"skill1\",\"skill2\"]");
        answered("Yes");
        say(chat, "Hello?");

        String system = model.nextCall().body().toString();
        assertThat(system).contains("Be terse.", "Content of skill2").doesNotContain("Be brief").containsOnlyOnce("Content of skill1");
    }

    @Test
    void answersAreKeptOnceStrapiIsBack() throws Exception {
        String chat = chat("");
        model.will(call -> {
            service.strapi().is(Mood.AWAY);
            call.streaming().begin(10).text("Late").end(2);
        });
        assertThat(say(chat, "Hello?").body()).contains("event: run.completed");
        model.nextCall();
        assertThat(say(chat, "And now?").status()).isEqualTo(503);
        service.strapi().is(Mood.WELL);

        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(said(chat)).containsExactly(
                        "user: Hello?", "assistant: Late"));
    }

    @Test
    void theSameMessageWithTheSameKeyIsSaidOnce() throws Exception {
        String chat = chat("");
        String address = "/api/chats/" + chat + "/messages";
        answered("Yes");

        Answer first = service.send("POST", address, "{\"content\":\"Hello?\"}", "Idempotency-Key", "once-" + chat);
        Answer again = service.send("POST", address, "{\"content\":\"Hello?\"}", "Idempotency-Key", "once-" + chat);
        model.nextCall();

        assertThat(first.body()).contains("event: run.completed").isEqualTo(again.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(said(chat)).containsExactly("user: Hello?", "assistant: Yes");
    }

    @Test
    void messagesAreDeletedFromOneOn() throws Exception {
        String chat = chat("");
        for (var text : List.of("One", "Two", "Three")) {
            answered(text);
            say(chat, text);
            model.nextCall();
        }
        String second = messages(chat, "").getJsonObject(2).getString("id");
        String address = "/api/chats/" + chat + "/messages/";

        assertThat(service.send("DELETE", address + "nosuchmessage", "").status()).isEqualTo(404);
        assertThat(service.send("DELETE", "/api/chats/" + chat("") + "/messages/" + second, "").status()).isEqualTo(404);
        assertThat(service.send("DELETE", address + second, "").status()).isEqualTo(204);
        assertThat(said(chat)).containsExactly("user: One", "assistant: One");
        assertThat(service.send("DELETE", "/api/chats/" + chat, "").status()).isEqualTo(204);
        assertThat(service.get("/api/chats/" + chat).status()).isEqualTo(404);
        assertThat(service.get(address.replaceFirst("/$", "")).status()).isEqualTo(404);
        assertThat(service.strapi().collections().all("chat-messages").toString()).doesNotContain(chat);
    }

    @Test
    void namesWhatIsWrongInAMessage() {
        String chat = chat("");

        assertThat(say(chat, " ").body()).contains("\"content\"", "must not be blank");
        Answer refused = service.send("POST", "/api/chats/" + chat + "/messages", "{\"text\":\"Hi\",\"attachments\":[7]}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("\"text\"", "\"content\"", "\"attachments[0]\"");
        assertThat(service.send("POST", "/api/chats/nosuchchat/messages", "{\"content\":\"Hi\"}").status()).isEqualTo(404);
        assertThat(said(chat)).isEmpty();
    }

    private String chat(String more) {
        Answer made = service.send("POST", "/api/chats", """
                {"title":"Talk","agent":"%s"%s}""".formatted(agent, more));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().getString("id");
    }

    private void answered(String text) {
        model.will(call -> call.streaming().begin(10).text(text).end(2));
    }

    private Answer say(String chat, String text) {
        return service.send("POST", "/api/chats/" + chat + "/messages", "{\"content\":\"" + text + "\"}");
    }

    /** The run that keeps a message from being taken. */
    private static String runOf(Answer refused) {
        return refused.status() == 409
                ? refused.json().getString("detail").replaceFirst("A turn is at work, run ([0-9a-f-]{36}).*", "$1")
                : "";
    }

    private JsonArray messages(String chat, String query) {
        Answer answer = service.get("/api/chats/" + chat + "/messages" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().getJsonArray("data");
    }

    private List<String> said(String chat) {
        return messages(chat, "").getValuesAs(JsonObject.class)
                .stream()
                .map(message -> message.getString("role") + ": " + message.getString("content"))
                .toList();
    }

    private static List<String> texts(FakeModelCall call) {
        return call.body()
                .getJsonArray("messages")
                .getValuesAs(JsonObject.class)
                .stream()
                .map(message -> message.getString("role") + ": " + (message.get("content") instanceof JsonArray blocks
                        ? blocks.getJsonObject(0).getString("text")
                        : message.getString("content")))
                .toList();
    }
}

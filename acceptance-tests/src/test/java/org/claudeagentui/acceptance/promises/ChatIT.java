package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.ChatApi;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Chats, against what the model then saw and what is there afterwards. */
@AcceptanceTest
class ChatIT {
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final Duration PROMPT = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    @Test
    @Promise(value = "RUN-7", part = "what the model is told")
    @Promise(value = "RUN-7", part = "a cancelled answer")
    void theModelIsToldWhatWasSaid(ComposeStack stack, Evidence evidence) throws Exception {
        evidence.expected("""
                over nginx: the model is told of each exchange before, in order; a message that comes while an answer is on its way is refused with \
                the run's id; a cancelled answer's text is kept and marked, and told too""");

        try (Runner runner = Runner.of(stack, "{}")) {
            var chats = new ChatApi(stack.frontDoor());
            String chat = chats.chat("Tides", runner.agent());
            String first = runner.scripted(script -> script.text("High water."));
            String second = runner.scripted(script -> script.text("Low wa").stall(SILENCE));
            String third = runner.scripted(script -> script.text("It ebbs."));
            chats.say(chat, first).orThrow();
            CompletableFuture<Answer> cancelled = chats.saying(chat, second);
            runner.asked(second, request -> request.eventCount() > 2);
            Answer refused = chats.say(chat, "Too early");
            String run = refused.json().path("detail").asText().replaceFirst("^A turn is at work, run ([0-9a-f-]{36}).*$", "$1");
            runner.api().cancel(run).orThrow();
            String stream = cancelled.get(PROMPT.toSeconds(), TimeUnit.SECONDS).orThrow().body();
            chats.say(chat, third).orThrow();
            List<String> told = told(runner, third);
            List<String> said = chats.said(chat);
            evidence.observed("told: %s; kept: %s; too early: %d %s".formatted(told, said, refused.status(), refused.json()
                    .path("detail")));

            assertThat(told).containsExactly("user: " + first, "assistant: High water.", "user: " + second, "assistant: Low wa", "user: "
                    + third);
            assertThat(said).containsExactly("user: " + first, "assistant: High water. (completed)", "user: " + second,
                    "assistant: Low wa (cancelled)", "user: " + third, "assistant: It ebbs. (completed)");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(stream).contains("event: run.cancelled", run);
        }
    }

    @Test
    @Breaks
    @Promise(value = "RUN-7", part = "every container made anew")
    void aChatGoesOnInOtherContainers(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "after down and up the chat has each message that it had, and the model is told of them in the next turn; a chat of which"
                        + " an earlier version hadn't noted when something was last said there has that noted");

        String chat;
        String first;
        List<String> before;
        try (Runner runner = Runner.of(stack, "{}")) {
            var chats = new ChatApi(stack.frontDoor());
            chat = chats.chat("Before and after", runner.agent());
            first = runner.scripted(script -> script.text("High water."));
            chats.say(chat, first).orThrow();
            before = chats.said(chat);
        }
        stack.query("UPDATE public.chat_sessions SET last_active_at = NULL WHERE document_id = '" + chat + "'");
        stack.down();
        stack.up();
        try (Runner runner = Runner.of(stack, "{}")) {
            var chats = new ChatApi(stack.frontDoor());
            List<String> after = chats.said(chat);
            String address = stack.frontDoor() + "/api/chats/" + chat;
            JsonNode lastActiveAt = Http.get(address).orThrow().json().path("lastActiveAt");
            JsonNode saidAt = Http.get(address + "/messages?sort=createdAt:desc").orThrow().json().at("/data/0/createdAt");
            String second = runner.scripted(script -> script.text("Low water."));
            chats.say(chat, second).orThrow();
            List<String> told = told(runner, second);
            evidence.observed("before: %s; after: %s; told: %s; last said at %s, noted %s".formatted(before, after, told, saidAt,
                    lastActiveAt));

            assertThat(before).containsExactly("user: " + first, "assistant: High water. (completed)");
            assertThat(after).isEqualTo(before);
            assertThat(lastActiveAt).isEqualTo(saidAt);
            assertThat(told).containsExactly("user: " + first, "assistant: High water.", "user: " + second);
        }
    }

    @Test
    @Breaks
    @Promise(value = "RUN-7", part = "killed right after an answer, with Strapi away")
    void anAnswerIsKeptOnceWhateverHappensAtItsEnd(ComposeStack stack, Evidence evidence) throws Exception {
        evidence.expected("""
                Strapi frozen while the model answers, the service killed as soon as the answer has ended: once both are back the answer is in the \
                chat, once, and so is its question""");

        try (Runner runner = Runner.of(stack, "{}")) {
            var chats = new ChatApi(stack.frontDoor());
            String chat = chats.chat("Cut off", runner.agent());
            String input = runner.scripted(script -> script.text("High").delay(Duration.ofSeconds(3)).text(" water."));
            CompletableFuture<Answer> turn = chats.saying(chat, input);
            runner.asked(input, request -> request.eventCount() > 2);
            stack.pause(Service.STRAPI);
            Instant killedAt;
            try {
                assertThat(turn.get(PROMPT.toSeconds(), TimeUnit.SECONDS).orThrow().body()).contains("event: run.completed");
                killedAt = Instant.now();
                stack.signalHostPid(Service.EXPRESS, "KILL");
            } finally {
                stack.unpause(Service.STRAPI);
            }
            Instant since = killedAt;
            stack.events().await(Service.EXPRESS, EngineEvent.HEALTHY, since, BACK);
            await().atMost(BACK).ignoreExceptions().until(() -> chats.said(chat).size() > 1);
            long back = Duration.between(since, Instant.now()).toMillis();
            List<String> kept = stack.query("SELECT role || ': ' || content FROM public.chat_messages WHERE content IN ('" + input
                    + "', 'High water.') AND run_id = (SELECT run_id FROM public.chat_messages WHERE content = '" + input
                    + "') ORDER BY id");
            List<String> said = chats.said(chat);
            evidence.observed("%s; in the database: %s".formatted(said, kept)).figure("kept after", back / 1000.0, "s");

            assertThat(said).containsExactly("user: " + input, "assistant: High water. (completed)");
            assertThat(kept).containsExactly("user: " + input, "assistant: High water.");
        }
    }

    /** What the model was told, each as a role and a text. */
    private static List<String> told(Runner runner, String input) {
        RecordedRequest asked = runner.asked(input, _ -> true);
        return StreamSupport.stream(asked.body().path("messages").spliterator(), false)
                .map(message -> message.path("role").asText() + ": " + text(message.path("content")))
                .toList();
    }

    private static String text(JsonNode content) {
        return content.isTextual() ? content.asText() : content.path(0).path("text").asText();
    }
}

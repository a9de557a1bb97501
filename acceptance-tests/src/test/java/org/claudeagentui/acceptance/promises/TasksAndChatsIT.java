package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.ChatApi;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The lives of tasks and chats, against real Strapi and through nginx. */
@AcceptanceTest
class TasksAndChatsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SEEN = Duration.ofSeconds(10);

    @Test
    @Promise(value = "RUN-1", part = "tasks")
    void aTaskThroughItsLife(ComposeStack stack, Evidence evidence) {
        evidence.expected("""
                tasks are made, found by search, agent and state, paged with true totals, sorted, changed in what is named only, and deleted; one that \
                is run with values shows its run and how it ended, and lists it; values that are missing are named""");

        String mark = "task" + UUID.randomUUID().toString().replace("-", "");
        String tasks = stack.frontDoor() + "/api/tasks";
        try (Runner runner = Runner.of(stack, "{}")) {
            String word = runner.scripted(script -> script.text("Done."));
            ObjectNode sent = JSON.createObjectNode()
                    .put("name", mark + " b")
                    .put("prompt", "Do {{what}}, " + word)
                    .put("agent", runner
                            .agent());
            JsonNode task = Http.postJson(tasks, sent.toString()).orThrow().json();
            Http.postJson(tasks, sent.put("name", mark + " a").toString()).orThrow();
            String address = tasks + "/" + task.path("id").asText();
            Answer missing = Http.postJson(address + "/execute", "{}");
            Answer run = Http.postJson(address + "/execute", "{\"inputValues\":{\"what\":\"the dishes\"}}").orThrow();
            await().atMost(SEEN).until(() -> Http.get(address).orThrow().json().path("state").asText().equals("completed"));
            JsonNode after = Http.get(address).orThrow().json();
            JsonNode runs = Http.get(address + "/runs").orThrow().json();
            JsonNode completed = Http.get(tasks + "?state=completed&agent=" + runner.agent() + "&search=" + mark).orThrow().json();
            JsonNode second = Http.get(tasks + "?search=" + mark + "&sort=name:asc&page=2&pageSize=1").orThrow().json();
            JsonNode changed = patch(address, "{\"description\":\"Home\"}").orThrow().json();
            int deleted = delete(address);
            int gone = Http.get(address).status();
            String asked = runner.asked(word, _ -> true).body().at("/messages/0/content").asText();
            evidence.observed("missing: %d %s; run: %s; after: %s %s; runs: %s; completed: %s; page 2 of %s: %s; deleted %d, then %d"
                    .formatted(missing.status(), missing.json().at("/errors/0/field"), run.headers().firstValue("location").orElse(""),
                            after
                                    .path("state"), after.path("lastRunId"), runs.at("/meta/total"), completed.at("/meta/total"), second.at(
                                            "/meta/total"), second.at("/data/0/name"), deleted, gone));

            assertThat(missing.status()).isEqualTo(422);
            assertThat(missing.json().at("/errors/0/field").asText()).isEqualTo("inputValues.what");
            assertThat(asked).isEqualTo("Do the dishes, " + word);
            assertThat(run.headers().firstValue("location")).contains("/api/runs/" + after.path("lastRunId").asText());
            assertThat(runs.at("/data/0/id")).isEqualTo(after.path("lastRunId"));
            assertThat(completed.at("/meta/total").asInt()).isOne();
            assertThat(second.at("/meta/total").asInt()).isEqualTo(2);
            assertThat(second.at("/data/0/name").asText()).isEqualTo(mark + " b");
            assertThat(changed.path("description").asText()).isEqualTo("Home");
            assertThat(changed.path("prompt")).isEqualTo(task.path("prompt"));
            assertThat(List.of(deleted, gone)).containsExactly(204, 404);
        }
    }

    @Test
    @Promise(value = "RUN-1", part = "chats")
    void aChatThroughItsLife(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                """
                chats are made, found by title, agent and whether they are archived, changed in what is named only; the one that was spoken in last \
                comes first, and its messages change nothing else of it; messages are deleted from one on; a deleted chat's messages are gone from Strapi, its runs stay""");

        String mark = "chat" + UUID.randomUUID().toString().replace("-", "");
        String base = stack.frontDoor() + "/api/chats";
        var chats = new ChatApi(stack.frontDoor());
        try (Runner runner = Runner.of(stack, "{}")) {
            String chat = chats.chat(mark, runner.agent());
            String address = base + "/" + chat;
            String changedAt = Http.get(address).orThrow().json().path("updatedAt").asText();
            String silent = chats.chat(mark + " silent", runner.agent());
            String first = runner.scripted(script -> script.text("One."));
            String second = runner.scripted(script -> script.text("Two."));
            chats.say(chat, first).orThrow();
            String run = chats.say(chat, second).orThrow().headers().firstValue("location").orElseThrow();
            JsonNode newest = Http.get(address + "/messages?sort=createdAt:desc&pageSize=2").orThrow().json();
            JsonNode active = await().atMost(SEEN)
                    .until(() -> Http.get(base + "?sort=lastActiveAt:desc&search=" + mark).orThrow().json(), list -> list.at(
                            "/data/0/lastActiveAt").equals(newest.at("/data/0/createdAt")));
            chats.delete(silent);
            int fromOne = delete(address + "/messages/" + newest.at("/data/1/id").asText());
            List<String> left = chats.said(chat);
            JsonNode archived = patch(address, "{\"archived\":true}").orThrow().json();
            int open = Http.get(base + "?archived=false&search=" + mark).orThrow().json().at("/meta/total").asInt();
            int away = Http.get(base + "?archived=true&agent=" + runner.agent() + "&search=" + mark)
                    .orThrow()
                    .json()
                    .at("/meta/total")
                    .asInt();
            int deleted = chats.delete(chat);
            int gone = Http.get(address + "/messages").status();
            List<String> rows = stack.query("SELECT count(*) FROM public.chat_messages WHERE content IN ('" + first + "', '" + second
                    + "')");
            String output = Http.get(stack.frontDoor() + run).orThrow().json().path("output").asText();
            evidence.observed(
                    "latest first: %s, %s; %s messages, deleted from the third on: %d, left: %s; archived: %d and %d; deleted %d, then %d; rows %s; the run: %s"
                            .formatted(active.at("/data/0/title"), active.at("/data/1/title"), newest.at("/meta/total"), fromOne, left,
                                    open, away, deleted, gone, rows, output));

            assertThat(List.of(active.at("/data/0/id").asText(), active.at("/data/1/id").asText())).containsExactly(chat, silent);
            assertThat(active.at("/data/0/updatedAt").asText()).isEqualTo(changedAt);
            assertThat(newest.at("/meta/total").asInt()).isEqualTo(4);
            assertThat(newest.at("/data/0/content").asText()).isEqualTo("Two.");
            assertThat(left).containsExactly("user: " + first, "assistant: One. (completed)");
            assertThat(archived.path("title").asText()).isEqualTo(mark);
            assertThat(List.of(open, away)).containsExactly(0, 1);
            assertThat(List.of(fromOne, deleted, gone)).containsExactly(204, 204, 404);
            assertThat(rows).containsExactly("0");
            assertThat(output).isEqualTo("Two.");
        }
    }

    private static Answer patch(String address, String json) {
        return Http.send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    private static int delete(String address) {
        return Http.send(HttpRequest.newBuilder(URI.create(address)).DELETE()).status();
    }
}

package org.claudeagentui.acceptance.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;

/** The service's API of chats, at one address. */
public final class ChatApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;

    /** The API at an address such as {@code http://127.0.0.1:80}. */
    public ChatApi(String base) {
        this.base = base + "/api/chats";
    }

    /** Makes a chat with an agent; its id. */
    public String chat(String title, String agent) {
        ObjectNode chat = JSON.createObjectNode().put("title", title).put("agent", agent);
        return Http.postJson(base, chat.toString()).orThrow().json().path("id").asText();
    }

    /** Says something, and hears the answer to its end. */
    public Answer say(String chat, String text) {
        return Http.postJson(base + "/" + chat + "/messages", JSON.createObjectNode().put("content", text).toString());
    }

    /** Says something, and hears the answer while others go on. */
    public CompletableFuture<Answer> saying(String chat, String text) {
        return CompletableFuture.supplyAsync(() -> say(chat, text));
    }

    /** What was said, each as a role, a text, and how an answer ended. */
    public List<String> said(String chat) {
        JsonNode messages = Http.get(base + "/" + chat + "/messages?pageSize=100").orThrow().json().path("data");
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> "%s: %s%s".formatted(message.path("role").asText(), message.path("content").asText(), message.has("outcome")
                        ? " (" + message.path("outcome").asText() + ")"
                        : ""))
                .toList();
    }

    /** Deletes a chat. */
    public int delete(String chat) {
        return Http.send(HttpRequest.newBuilder(URI.create(base + "/" + chat)).DELETE()).status();
    }
}

package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Messages API request that has passed the checks of {@link MessagesRequestReader}. */
record MessagesRequest(JsonNode json) {
    String model() {
        return json.path("model").asText();
    }

    boolean stream() {
        return json.path("stream").asBoolean(false);
    }

    int maxTokens() {
        return json.path("max_tokens").asInt(Integer.MAX_VALUE);
    }

    boolean thinks() {
        return List.of("enabled", "adaptive").contains(json.at("/thinking/type").asText());
    }

    /** The text of the system prompt. */
    String system() {
        return textOf(json.path("system"));
    }

    /** The text of the last message of the user, tool results included. */
    String input() {
        return said("user").stream().reduce((earlier, later) -> later).orElse("");
    }

    /** What the messages of one role say, oldest first. */
    List<String> said(String role) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : json.path("messages")) {
            if (message.path("role").asText().equals(role)) {
                texts.add(textOf(message.path("content")));
            }
        }
        return texts;
    }

    /** The text of all messages. */
    String conversation() {
        StringBuilder texts = new StringBuilder();
        json.path("messages").forEach(message -> texts.append(textOf(message.path("content"))).append('\n'));
        return texts.toString();
    }

    List<String> toolNames() {
        List<String> names = new ArrayList<>();
        json.path("tools").forEach(tool -> names.add(tool.path("name").asText()));
        return names;
    }

    /** The text before the first of the request's stop sequences, if one occurs, and that sequence. */
    Optional<Stopped> stopIn(String text) {
        Optional<Stopped> first = Optional.empty();
        for (JsonNode sequence : json.path("stop_sequences")) {
            int at = text.indexOf(sequence.asText());
            if (at >= 0 && first.map(stopped -> at < stopped.before().length()).orElse(true)) {
                first = Optional.of(new Stopped(text.substring(0, at), sequence.asText()));
            }
        }
        return first;
    }

    Usage usage() {
        int tokens = Tokens.count(system()) + Tokens.count(json.path("tools").isMissingNode() ? "" : json.path("tools").toString());
        for (JsonNode message : json.path("messages")) {
            tokens += 4 + Tokens.count(textOf(message.path("content")));
        }
        return new Usage(Math.max(1, tokens), 0, 0, 1);
    }

    private static String textOf(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode block : content) {
            String type = block.path("type").asText();
            String piece = type.equals("tool_result") ? textOf(block.path("content")) : block.path("text").asText();
            text.append(text.isEmpty() || piece.isEmpty() ? "" : "\n").append(piece);
        }
        return text.toString();
    }

    /** Text cut short by a stop sequence. */
    record Stopped(String before, String sequence) {}
}

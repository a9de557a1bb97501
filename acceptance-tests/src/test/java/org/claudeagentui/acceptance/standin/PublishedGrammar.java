package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of events that the Messages API promises to its clients. */
final class PublishedGrammar {
    private static final Map<String, List<String>> DELTAS = Map.of("text", List.of("text_delta"), "tool_use", List.of("input_json_delta"),
            "thinking", List.of("thinking_delta", "signature_delta"));

    private boolean started;
    private boolean stopping;
    private boolean over;
    private int next;
    private String open = "";

    private PublishedGrammar() {
    }

    static void check(List<SseEvent> events) {
        PublishedGrammar grammar = new PublishedGrammar();
        events.forEach(grammar::accept);
        assertThat(grammar.over).as("ended by message_stop").isTrue();
    }

    private void accept(SseEvent event) {
        JsonNode data = event.data();
        assertThat(data.path("type").asText()).isEqualTo(event.name());
        assertThat(over).as("nothing after message_stop").isFalse();
        assertThat(started).as("message_start comes first and once").isNotEqualTo(event.name().equals("message_start"));
        switch (event.name()) {
            case "message_start" -> started(data.path("message"));
            case "content_block_start" -> opened(data);
            case "content_block_delta" -> {
                assertThat(data.path("index").asInt()).isEqualTo(next);
                assertThat(DELTAS.getOrDefault(open, List.of())).contains(data.at("/delta/type").asText());
            }
            case "content_block_stop" -> {
                assertThat(open).as("the open block").isNotEmpty();
                assertThat(data.path("index").asInt()).isEqualTo(next);
                open = "";
                next++;
            }
            case "message_delta" -> {
                assertThat(open).as("no block is open").isEmpty();
                assertThat(data.at("/delta/stop_reason").asText()).isNotEmpty();
                assertThat(data.path("delta").has("stop_sequence")).isTrue();
                assertThat(data.at("/usage/output_tokens").asInt()).isPositive();
                stopping = true;
            }
            case "message_stop" -> {
                assertThat(stopping).as("message_delta came before").isTrue();
                over = true;
            }
            case "ping" -> assertThat(data.size()).isEqualTo(1);
            default -> throw new AssertionError("No event of the Messages API: " + event);
        }
    }

    private void started(JsonNode message) {
        started = true;
        assertThat(message.path("type").asText()).isEqualTo("message");
        assertThat(message.path("role").asText()).isEqualTo("assistant");
        assertThat(message.path("id").asText()).startsWith("msg_");
        assertThat(message.path("content").isArray() && message.path("content").isEmpty()).isTrue();
        assertThat(message.get("stop_reason").isNull()).isTrue();
        for (String count : List.of("input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens")) {
            assertThat(message.path("usage").path(count).isInt()).as(count).isTrue();
        }
    }

    private void opened(JsonNode data) {
        assertThat(open).as("no other block is open").isEmpty();
        assertThat(stopping).as("no block after message_delta").isFalse();
        assertThat(data.path("index").asInt()).isEqualTo(next);
        open = data.at("/content_block/type").asText();
        assertThat(DELTAS).containsKey(open);
    }
}

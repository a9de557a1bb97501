package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A call of one of the stand-in's tools. Times are nanoseconds since 1970.
 *
 * @param name the tool's own name
 * @param headerNames names in lower case
 * @param authorization the SHA-256 of the header of this name
 */
public record RecordedToolCall(String name, JsonNode arguments, List<String> headerNames, Optional<String> authorization, long arrivedAt,
        Optional<Long> endedAt, Optional<Long> hungUpAt) {
    static RecordedToolCall of(JsonNode json) {
        return new RecordedToolCall(json.path("name").asText(), json.path("arguments"),
                StreamSupport.stream(json.path("headerNames").spliterator(), false).map(JsonNode::asText).toList(),
                Optional.of(json.path("authorization")).filter(JsonNode::isTextual).map(JsonNode::textValue),
                json.path("arrivedAt").asLong(), time(json, "endedAt"), time(json, "hungUpAt"));
    }

    private static Optional<Long> time(JsonNode json, String name) {
        return json.has(name) ? Optional.of(json.path(name).asLong()) : Optional.empty();
    }
}

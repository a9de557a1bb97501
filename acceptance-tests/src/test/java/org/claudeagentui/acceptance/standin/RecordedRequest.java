package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * What the stand-in was asked, and what became of it. Times are nanoseconds since 1970.
 *
 * @param headers names in lower case; of a key the SHA-256
 * @param body missing when it was no JSON
 * @param status 0 as long as no head was sent
 * @param outcome open, completed, hung-up, reset, closed, stalled or broken
 * @param eventCount how many events were written, also of those whose times were not asked for
 */
public record RecordedRequest(String id, String path, boolean tls, Map<String, String> headers, JsonNode body, String model, boolean stream,
        String input, String script, int status, Optional<Usage> usage, long arrivedAt, String outcome, Optional<Long> endedAt,
        Optional<Long> hungUpAt, int eventCount, List<Event> events) {
    /** One event written; {@code at} is the moment before the write. */
    public record Event(int index, String type, long at) {}

    /** What the stand-in reported; {@code last} once the message's end was told. */
    public record Usage(long inputTokens, long cacheCreationInputTokens, long cacheReadInputTokens, long outputTokens, boolean last) {}

    static RecordedRequest of(JsonNode json) {
        Map<String, String> headers = new TreeMap<>();
        json.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
        return new RecordedRequest(json.path("id").asText(), json.path("path").asText(), json.path("tls").asBoolean(), headers,
                json.path("body"), json.path("model").asText(), json.path("stream").asBoolean(), json.path("input").asText(),
                json.path("script").asText(), json.path("status").asInt(), usage(json.path("usage")), json.path("arrivedAt").asLong(),
                json.path("outcome").asText(), time(json, "endedAt"), time(json, "hungUpAt"), json.path("eventCount").asInt(),
                StreamSupport.stream(json.path("events").spliterator(), false).map(RecordedRequest::event).toList());
    }

    private static Optional<Usage> usage(JsonNode usage) {
        return usage.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Usage(usage.path("inputTokens").asLong(), usage.path("cacheCreationInputTokens").asLong(),
                        usage.path("cacheReadInputTokens").asLong(), usage.path("outputTokens").asLong(),
                        usage.path("final").asBoolean()));
    }

    private static Event event(JsonNode event) {
        return new Event(event.path("index").asInt(), event.path("type").asText(), event.path("at").asLong());
    }

    private static Optional<Long> time(JsonNode json, String name) {
        return json.has(name) ? Optional.of(json.path(name).asLong()) : Optional.empty();
    }
}

package org.claudeagentui.acceptance.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.time.Instant;
import java.util.List;

/**
 * One event of a run, as it came.
 *
 * @param id its number
 * @param type its type
 * @param data its data, byte for byte
 */
public record RunEvent(long id, String type, String data) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static RunEvent of(String frame) {
        List<String> lines = frame.lines().toList();
        return new RunEvent(Long.parseLong(field(lines, "id")), field(lines, "event"), field(lines, "data"));
    }

    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("An event without " + name + ": " + lines))
                .substring(name.length() + 2);
    }

    /** Whether it ends the run's stream. */
    public boolean ends() {
        return type.equals("run.completed") || type.equals("run.failed") || type.equals("run.cancelled");
    }

    /** When the service wrote it, by its clock. */
    public Instant at() {
        return Instant.parse(json().path("at").asText());
    }

    /** Its data. */
    public JsonNode json() {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event's data is no JSON: " + data, e);
        }
    }
}

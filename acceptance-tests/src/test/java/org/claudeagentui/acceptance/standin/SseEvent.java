package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A server-sent event in the one form in which the Messages API writes it. */
record SseEvent(String name, JsonNode data) {
    private static final Pattern FORM = Pattern.compile("event: ([a-z_]+)\ndata: (\\{.*})\n\n");

    static List<SseEvent> parse(String stream) throws IOException {
        List<SseEvent> events = new ArrayList<>();
        Matcher each = FORM.matcher(stream);
        int end = 0;
        while (end < stream.length() && each.find(end)) {
            assertThat(each.start()).as("an event right after the one before").isEqualTo(end);
            events.add(new SseEvent(each.group(1), Json.parse(each.group(2).getBytes(UTF_8))));
            end = each.end();
        }
        assertThat(stream.substring(end)).as("what is no event").isEmpty();
        return events;
    }

    static List<String> names(List<SseEvent> events) {
        return events.stream().map(SseEvent::name).toList();
    }

    /** The text of all text deltas. */
    static String text(List<SseEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.data().at("/delta/text").asText()));
        return text.toString();
    }

    static SseEvent only(List<SseEvent> events, String name) {
        assertThat(names(events)).filteredOn(name::equals).hasSize(1);
        return events.stream().filter(event -> event.name().equals(name)).findFirst().orElseThrow();
    }
}

package org.claudeagentui.service.runs;

import jakarta.json.stream.JsonGenerator;
import org.claudeagentui.service.web.Jsons;

import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** What the package's JSON has in common. */
final class RunsJson {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private RunsJson() {
    }

    /** One JSON object on one line, with the members that the writer gives it. */
    static String object(Consumer<JsonGenerator> members) {
        var text = new StringWriter(256);
        try (JsonGenerator json = Jsons.PROVIDER.createGenerator(text)) {
            json.writeStartObject();
            members.accept(json);
            json.writeEnd();
        }
        return text.toString();
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    static void writeUsage(JsonGenerator json, RunUsage usage) {
        json.write("inputTokens", usage.tokens().inputTokens())
                .write("outputTokens", usage.tokens().outputTokens())
                .write("cacheCreationInputTokens", usage.tokens().cacheCreationInputTokens())
                .write("cacheReadInputTokens", usage.tokens().cacheReadInputTokens())
                .write("final", usage.complete());
    }

    static void writeError(JsonGenerator json, RunError error) {
        json.writeStartObject("error").write("type", error.type()).write("title", error.title()).write("detail", error.detail()).writeEnd();
    }
}

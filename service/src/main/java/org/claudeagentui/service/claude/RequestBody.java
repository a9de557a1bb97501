package org.claudeagentui.service.claude;

import jakarta.json.stream.JsonGenerator;
import org.claudeagentui.service.web.Jsons;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** A request as the Messages API reads it. */
final class RequestBody {

    private RequestBody() {
    }

    static byte[] of(ModelRequest request) {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Jsons.PROVIDER.createGenerator(bytes)) {
            json.writeStartObject().write("model", request.model()).write("max_tokens", request.maxTokens()).write("stream", true);
            request.system().ifPresent(text -> json.write("system", text));
            request.temperature().ifPresent(value -> json.write("temperature", value));
            request.topP().ifPresent(value -> json.write("top_p", value));
            request.topK().ifPresent(value -> json.write("top_k", value));
            request.thinkingBudget()
                    .ifPresent(
                            tokens -> json.writeStartObject("thinking").write("type", "enabled").write("budget_tokens", tokens).writeEnd());
            writeStopSequences(json, request.stopSequences());
            writeMessages(json, request.messages());
            json.writeEnd();
        }
        return bytes.toByteArray();
    }

    private static void writeStopSequences(JsonGenerator json, List<String> stopSequences) {
        if (!stopSequences.isEmpty()) {
            json.writeStartArray("stop_sequences");
            stopSequences.forEach(json::write);
            json.writeEnd();
        }
    }

    private static void writeMessages(JsonGenerator json, List<Message> messages) {
        json.writeStartArray("messages");
        for (Message message : messages) {
            json.writeStartObject().write("role", message.role().wireName()).write("content", message.text()).writeEnd();
        }
        json.writeEnd();
    }
}

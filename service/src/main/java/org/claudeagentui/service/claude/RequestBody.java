package org.claudeagentui.service.claude;

import jakarta.json.stream.JsonGenerator;
import org.claudeagentui.service.web.Jsons;

import java.util.List;

/**
 * A request as the Messages API reads it. Some places are marked for the API's prompt cache, which keeps all that comes
 * before them: the end of what each request of an agent begins with (tools, then the system prompt), where it may well be
 * long enough to be kept; the end of a first message that brings files, where there may be another turn; and the end of a
 * conversation that has gone on, which the next turn repeats.
 */
final class RequestBody {

    private static final int LONG_SYSTEM_PROMPT = 4_000;

    private final ModelRequest request;
    private final SplicedBytes bytes;
    private final JsonGenerator json;

    private RequestBody(ModelRequest request, SplicedBytes bytes, JsonGenerator json) {
        this.request = request;
        this.bytes = bytes;
        this.json = json;
    }

    /** The request in pieces; those that are files are the files' own bytes. */
    static List<byte[]> of(ModelRequest request) {
        var bytes = new SplicedBytes();
        try (JsonGenerator json = Jsons.PROVIDER.createGenerator(bytes)) {
            new RequestBody(request, bytes, json).write();
        }
        return bytes.pieces();
    }

    private void write() {
        json.writeStartObject().write("model", request.model()).write("max_tokens", request.maxTokens()).write("stream", true);
        writeTools();
        request.system().ifPresent(this::writeSystem);
        request.temperature().ifPresent(value -> json.write("temperature", value));
        request.topP().ifPresent(value -> json.write("top_p", value));
        request.topK().ifPresent(value -> json.write("top_k", value));
        request.thinkingBudget()
                .ifPresent(tokens -> json.writeStartObject("thinking").write("type", "enabled").write("budget_tokens", tokens).writeEnd());
        writeStopSequences();
        writeMessages();
        json.writeEnd();
    }

    private void writeTools() {
        List<ToolDefinition> tools = request.tools();
        if (tools.isEmpty()) {
            return;
        }
        json.writeStartArray("tools");
        for (int i = 0; i < tools.size(); i++) {
            ToolDefinition tool = tools.get(i);
            json.writeStartObject().write("name", tool.name());
            if (!tool.description().isBlank()) {
                json.write("description", tool.description());
            }
            json.write("input_schema", tool.inputSchema());
            mark(request.system().isEmpty() && i == tools.size() - 1);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private void writeSystem(String text) {
        if (request.tools().isEmpty() && text.length() < LONG_SYSTEM_PROMPT) {
            json.write("system", text);
            return;
        }
        json.writeStartArray("system").writeStartObject().write("type", "text").write("text", text);
        mark(true);
        json.writeEnd().writeEnd();
    }

    private void writeStopSequences() {
        if (!request.stopSequences().isEmpty()) {
            json.writeStartArray("stop_sequences");
            request.stopSequences().forEach(json::write);
            json.writeEnd();
        }
    }

    private void writeMessages() {
        List<Message> messages = request.messages();
        json.writeStartArray("messages");
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            json.writeStartObject().write("role", message.role().wireName());
            boolean marked = i == 0 ? isWorthKeeping(message) : i == messages.size() - 1 && message.role() == Message.Role.USER;
            if (message.content().getFirst() instanceof MessageBlock.Text(String text) && message.content().size() == 1 && !marked) {
                json.write("content", text);
            } else {
                writeBlocks(message.content(), marked);
            }
            json.writeEnd();
        }
        json.writeEnd();
    }

    private boolean isWorthKeeping(Message first) {
        return !request.tools().isEmpty() && first.content().stream().anyMatch(MessageBlock.Attached.class::isInstance);
    }

    private void writeBlocks(List<MessageBlock> blocks, boolean marked) {
        json.writeStartArray("content");
        for (int i = 0; i < blocks.size(); i++) {
            json.writeStartObject();
            if (blocks.get(i) instanceof MessageBlock.Attached file) {
                writeFile(file);
            } else {
                blocks.get(i).toJson().forEach(json::write);
            }
            mark(marked && i == blocks.size() - 1);
            json.writeEnd();
        }
        json.writeEnd();
    }

    private void writeFile(MessageBlock.Attached file) {
        json.write("type", file.type());
        file.title().ifPresent(title -> json.write("title", title));
        json.writeStartObject("source").write("type", file.sourceType()).write("media_type", file.mediaType()).write("data", "");
        json.flush();
        bytes.fill(file.data());
        json.writeEnd();
    }

    private void mark(boolean here) {
        if (here) {
            json.writeStartObject("cache_control").write("type", "ephemeral").writeEnd();
        }
    }
}

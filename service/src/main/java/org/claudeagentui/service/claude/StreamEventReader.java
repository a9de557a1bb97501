package org.claudeagentui.service.claude;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the JSON of a streamed event. Members and types that it does not know are passed over. */
final class StreamEventReader {

    private StreamEventReader() {
    }

    static StreamEvent read(ServerSentEvent event) throws ModelException {
        try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(event.data()))) {
            return read(reader.readObject());
        } catch (JsonException | ClassCastException | NullPointerException | ArithmeticException | IllegalArgumentException e) {
            // JSON-P reports a missing member and one of another type by these; the data itself may hold a prompt's echo.
            throw new ModelException(
                    new ModelFailure.ProtocolViolated("The model's answer has a \"" + event.name() + "\" event that can't be read."), e);
        }
    }

    private static StreamEvent read(JsonObject json) {
        String type = json.getString("type");
        return switch (type) {
            case "message_start" -> messageStart(json.getJsonObject("message"));
            case "content_block_start" -> new StreamEvent.BlockStart(json.getInt("index"), block(json.getJsonObject("content_block")));
            case "content_block_delta" -> new StreamEvent.BlockDelta(json.getInt("index"), delta(json.getJsonObject("delta")));
            case "content_block_stop" -> new StreamEvent.BlockStop(json.getInt("index"));
            case "message_delta" -> messageDelta(json);
            case "message_stop" -> new StreamEvent.MessageStop();
            case "ping" -> new StreamEvent.Ping();
            case "error" -> new StreamEvent.Failed(FailureReader.inStream(json.getJsonObject("error")));
            default -> new StreamEvent.Unknown(type);
        };
    }

    private static StreamEvent messageStart(JsonObject message) {
        return new StreamEvent.MessageStart(message.getString("model"), usage(message));
    }

    private static StreamEvent messageDelta(JsonObject json) {
        JsonObject delta = json.getJsonObject("delta");
        Optional<String> stopReason = delta.isNull("stop_reason") ? Optional.empty() : Optional.of(delta.getString("stop_reason"));
        return new StreamEvent.MessageDelta(stopReason, usage(json));
    }

    private static ContentBlock block(JsonObject block) {
        return switch (block.getString("type")) {
            case "text" -> new ContentBlock.Text(block.getString("text", ""));
            case "thinking" -> new ContentBlock.Thinking(block.getString("thinking", ""));
            case "tool_use" -> new ContentBlock.ToolUse(block.getString("id"), block.getString("name"));
            default -> new ContentBlock.Other(block);
        };
    }

    private static ContentDelta delta(JsonObject delta) {
        String type = delta.getString("type");
        return switch (type) {
            case "text_delta" -> new ContentDelta.Text(delta.getString("text"));
            case "thinking_delta" -> new ContentDelta.Thinking(delta.getString("thinking"));
            case "signature_delta" -> new ContentDelta.Signature(delta.getString("signature"));
            case "input_json_delta" -> new ContentDelta.InputJson(delta.getString("partial_json"));
            default -> new ContentDelta.Other(type);
        };
    }

    private static UsageUpdate usage(JsonObject parent) {
        JsonObject usage = parent.getJsonObject("usage");
        if (usage == null) {
            return new UsageUpdate(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
        }
        return new UsageUpdate(
                count(usage, "input_tokens"),
                count(usage, "output_tokens"),
                count(usage, "cache_creation_input_tokens"),
                count(usage, "cache_read_input_tokens"));
    }

    private static OptionalLong count(JsonObject usage, String name) {
        if (!(usage.get(name) instanceof JsonNumber number)) {
            return OptionalLong.empty();
        }
        long count = number.longValueExact();
        if (count < 0) {
            throw new IllegalArgumentException(name + " is negative");
        }
        return OptionalLong.of(count);
    }
}

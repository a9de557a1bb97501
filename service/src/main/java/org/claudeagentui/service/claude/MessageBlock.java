package org.claudeagentui.service.claude;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.web.Jsons;

import java.util.Optional;

/** A block of a message's content, whole. */
public sealed interface MessageBlock {

    /** The block as the Messages API reads and writes it. */
    JsonObject toJson();

    /**
     * Text.
     *
     * @param text the text
     */
    record Text(String text) implements MessageBlock {

        @Override
        public JsonObject toJson() {
            return Jsons.PROVIDER.createObjectBuilder().add("type", "text").add("text", text).build();
        }
    }

    /**
     * Extended thinking.
     *
     * @param thinking what the model thought
     * @param signature proves that it is the model's
     */
    record Thinking(String thinking, String signature) implements MessageBlock {

        @Override
        public JsonObject toJson() {
            return Jsons.PROVIDER.createObjectBuilder()
                    .add("type", "thinking")
                    .add("thinking", thinking)
                    .add("signature", signature)
                    .build();
        }
    }

    /**
     * A wish to use a tool.
     *
     * @param id names this use
     * @param name names the tool
     * @param input what the tool is given; nothing where what came is no JSON object
     */
    record ToolUse(String id, String name, Optional<JsonObject> input) implements MessageBlock {

        @Override
        public JsonObject toJson() {
            return Jsons.PROVIDER.createObjectBuilder()
                    .add("type", "tool_use")
                    .add("id", id)
                    .add("name", name)
                    .add("input", input.orElse(JsonValue.EMPTY_JSON_OBJECT))
                    .build();
        }
    }

    /**
     * What became of a use of a tool.
     *
     * @param toolUseId names the use
     * @param text what the tool answered
     * @param isError whether it failed
     */
    record ToolResult(String toolUseId, String text, boolean isError) implements MessageBlock {

        @Override
        public JsonObject toJson() {
            var json = Jsons.PROVIDER.createObjectBuilder().add("type", "tool_result").add("tool_use_id", toolUseId);
            // An empty text is no block, and no content at all is a result, too.
            if (!text.isEmpty()) {
                json.add("content", text);
            }
            return (isError ? json.add("is_error", true) : json).build();
        }
    }

    /**
     * A file that the one who asks gives along.
     *
     * @param type what it is to the model: an image or a document
     * @param sourceType how it is carried: in Base64, or as a text
     * @param mediaType what it is
     * @param title what it is called; the API takes that of documents alone
     * @param data all of it
     */
    record Attached(String type, String sourceType, String mediaType, Optional<String> title, JsonText data) implements MessageBlock {

        /** An image, its data in Base64. */
        public static Attached image(String mediaType, JsonText data) {
            return new Attached("image", "base64", mediaType, Optional.empty(), data);
        }

        /** A PDF, its data in Base64. */
        public static Attached pdf(String title, JsonText data) {
            return new Attached("document", "base64", "application/pdf", Optional.of(title), data);
        }

        /** A document that is plain text. */
        public static Attached text(String title, JsonText data) {
            return new Attached("document", "text", "text/plain", Optional.of(title), data);
        }

        @Override
        public JsonObject toJson() {
            var source = Jsons.PROVIDER.createObjectBuilder().add("type", sourceType).add("media_type", mediaType).add("data", data.text());
            var json = Jsons.PROVIDER.createObjectBuilder().add("type", type);
            title.ifPresent(text -> json.add("title", text));
            return json.add("source", source).build();
        }
    }

    /**
     * Any other kind, such as thinking that can't be read: it is handed back as it came.
     *
     * @param toJson the block
     */
    record Other(JsonObject toJson) implements MessageBlock {}

    /**
     * Reads a block of an answer.
     *
     * @throws ClassCastException or NullPointerException when it lacks what its kind has
     */
    static MessageBlock of(JsonObject json) {
        return switch (json.getString("type")) {
            case "text" -> new Text(json.getString("text"));
            case "thinking" -> new Thinking(json.getString("thinking"), json.getString("signature"));
            case "tool_use" -> new ToolUse(json.getString("id"), json.getString("name"), Optional.of(json.getJsonObject("input")));
            case "tool_result" -> new ToolResult(json.getString("tool_use_id"),
                    json.get("content") instanceof JsonString text ? text.getString() : "", json.getBoolean("is_error", false));
            default -> new Other(json);
        };
    }
}

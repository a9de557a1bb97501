package org.claudeagentui.service.claude;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts an answer's blocks together from its events. Used by one thread. */
public final class AnswerBlocks {

    private final SortedMap<Integer, Growing> blocks = new TreeMap<>();

    /** Takes an event; most of them say nothing of a block. */
    public void take(StreamEvent event) {
        switch (event) {
            case StreamEvent.BlockStart(int index, ContentBlock block) -> blocks.put(index, new Growing(block));
            case StreamEvent.BlockDelta(int index, ContentDelta delta) -> Optional.ofNullable(blocks.get(index))
                    .ifPresent(block -> block.take(delta));
            case StreamEvent.MessageStart _,StreamEvent.BlockStop _,StreamEvent.MessageDelta _,StreamEvent.MessageStop _,StreamEvent.Ping _,StreamEvent.Failed _,StreamEvent.Unknown _ -> {
                // Nothing of a block.
            }
        }
    }

    /** The blocks so far, in order, without those that the model API would not take back: blank text, unsigned thinking. */
    public List<MessageBlock> whole() {
        return blocks.values().stream().flatMap(block -> block.whole().stream()).toList();
    }

    private static final class Growing {
        private final ContentBlock start;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder signature = new StringBuilder();
        private final StringBuilder input = new StringBuilder();

        private Growing(ContentBlock start) {
            this.start = start;
        }

        private void take(ContentDelta delta) {
            switch (delta) {
                case ContentDelta.Text(String more) -> text.append(more);
                case ContentDelta.Thinking(String more) -> text.append(more);
                case ContentDelta.Signature(String more) -> signature.append(more);
                case ContentDelta.InputJson(String more) -> input.append(more);
                case ContentDelta.Other _ -> {
                    // What isn't known can't be added up.
                }
            }
        }

        private Optional<MessageBlock> whole() {
            return switch (start) {
                case ContentBlock.Text(String first) -> Optional.<MessageBlock>of(new MessageBlock.Text(first + text))
                        .filter(_ -> !(first + text).isBlank());
                case ContentBlock.Thinking(String first) -> Optional.<MessageBlock>of(new MessageBlock.Thinking(first + text, signature
                        .toString())).filter(_ -> !signature.isEmpty());
                case ContentBlock.ToolUse(String id, String name) -> Optional.of(new MessageBlock.ToolUse(id, name, input()));
                case ContentBlock.Other(JsonObject json) -> Optional.of(new MessageBlock.Other(input.isEmpty() ? json : withInput(json)));
            };
        }

        private JsonObject withInput(JsonObject json) {
            return Jsons.PROVIDER.createObjectBuilder(json).add("input", input().orElse(JsonValue.EMPTY_JSON_OBJECT)).build();
        }

        private Optional<JsonObject> input() {
            if (input.isEmpty()) {
                return Optional.of(JsonValue.EMPTY_JSON_OBJECT);
            }
            try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(input.toString()))) {
                return Optional.of(reader.readObject());
            } catch (JsonException e) {
                // The model wrote nonsense, or was cut short: whoever asked for the tool is to tell it so.
                return Optional.empty();
            }
        }
    }
}

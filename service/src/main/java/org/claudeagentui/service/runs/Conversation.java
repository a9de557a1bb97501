package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.MessageBlock;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run has said and heard so far, as its journal tells: enough for another replica to go on.
 *
 * <p>The first message is the run's input. A turn after which the model is asked again has its whole content in its
 * {@code turn.completed}; what the tools answered is in the {@code tool.returned} of the turn. A turn that was not completed
 * is as if it had not been: it is asked for again, under its own number.
 *
 * @param messages the conversation; where tools have not all answered, it ends with the answer that asks for them
 * @param nextTurn the number of the turn that comes next
 * @param answered what some tools answered that the last message asks for
 * @param called the ids of the uses that were begun, whether they have been answered or not
 * @param finished why the model stopped for good, where it did
 */
record Conversation(List<Message> messages, int nextTurn, List<MessageBlock.ToolResult> answered, Set<String> called,
        Optional<String> finished) {

    Conversation {
        messages = List.copyOf(messages);
        answered = List.copyOf(answered);
        called = Set.copyOf(called);
    }

    /** The uses of tools that the last message asks for and that have no answer. */
    List<MessageBlock.ToolUse> unanswered() {
        Set<String> known = new HashSet<>(answered.stream().map(MessageBlock.ToolResult::toolUseId).toList());
        return messages.getLast().role() == Message.Role.ASSISTANT
                ? Answer.toolUses(messages.getLast().content()).stream().filter(use -> !known.contains(use.id())).toList()
                : List.of();
    }

    /** The conversation that a run's events, from the first, make of its input. */
    static Conversation of(String input, Iterable<StoredEvent> events) {
        var reader = new Reader(input);
        events.forEach(reader::read);
        return reader.conversation();
    }

    private static final class Reader {
        private final List<Message> messages = new ArrayList<>();
        private final Map<String, MessageBlock.ToolResult> results = new LinkedHashMap<>();
        private final Set<String> called = new HashSet<>();
        private List<MessageBlock.ToolUse> awaited = List.of();
        private int nextTurn = 1;
        private Optional<String> finished = Optional.empty();

        private Reader(String input) {
            messages.add(Message.user(input));
        }

        private void read(StoredEvent event) {
            switch (event.type()) {
                case "turn.completed" -> completed(json(event));
                case "tool.called" -> called.add(json(event).getString("toolUseId"));
                case "tool.returned" -> returned(json(event));
                default -> {
                    // What is said of a turn before it is complete doesn't count.
                }
            }
        }

        private void completed(JsonObject event) {
            nextTurn = event.getInt("turn") + 1;
            List<MessageBlock> content = Optional.ofNullable(event.getJsonArray("content"))
                    .orElse(JsonValue.EMPTY_JSON_ARRAY)
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .map(MessageBlock::of)
                    .toList();
            finished = content.isEmpty() ? Optional.of(event.getString("stopReason")) : Optional.empty();
            if (!content.isEmpty()) {
                messages.add(Message.assistant(content));
                awaited = new Answer(event.getString("stopReason"), content).toolUses();
            }
        }

        private void returned(JsonObject event) {
            var result = new MessageBlock.ToolResult(event.getString("toolUseId"), event.getString("content"), event.getBoolean("isError"));
            results.put(result.toolUseId(), result);
            if (!awaited.isEmpty() && results.size() == awaited.size()) {
                messages.add(Message.results(awaited.stream()
                        .flatMap(use -> Optional.ofNullable(results.get(use.id())).stream())
                        .toList()));
                awaited = List.of();
                results.clear();
                called.clear();
            }
        }

        private Conversation conversation() {
            return new Conversation(messages, nextTurn, List.copyOf(results.values()), called, finished);
        }

        private static JsonObject json(StoredEvent event) {
            try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(event.data()))) {
                return reader.readObject();
            }
        }
    }
}

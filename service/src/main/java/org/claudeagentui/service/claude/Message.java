package org.claudeagentui.service.claude;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param content what is said, at least one block
 */
public record Message(Role role, List<MessageBlock> content) {

    /** Who speaks in a conversation. */
    public enum Role {
        /** The person, or the program, that asks. */
        USER,
        /** The model. */
        ASSISTANT;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses no content, and a blank text as all of it, which the model API would refuse too. */
    public Message {
        Objects.requireNonNull(role, "role");
        content = List.copyOf(content);
        if (content.isEmpty()) {
            throw new IllegalArgumentException("a message must have content");
        }
        if (content.getFirst() instanceof MessageBlock.Text(String text) && content.size() == 1 && text.isBlank()) {
            throw new IllegalArgumentException("a message's text must not be blank");
        }
    }

    /** A message of the one who asks. */
    public static Message user(String text) {
        return new Message(Role.USER, List.of(new MessageBlock.Text(text)));
    }

    /** A message of the one who asks, who gives files along. */
    public static Message user(List<MessageBlock> files, String text) {
        return new Message(Role.USER, Stream.concat(files.stream(), Stream.of(new MessageBlock.Text(text))).toList());
    }

    /** What the model answered. */
    public static Message assistant(List<MessageBlock> content) {
        return new Message(Role.ASSISTANT, content);
    }

    /** What became of the tools that the model wished to use. */
    public static Message results(List<MessageBlock.ToolResult> results) {
        return new Message(Role.USER, List.copyOf(results));
    }
}

package org.claudeagentui.service.claude;

import java.util.Locale;
import java.util.Objects;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param text what is said, not blank
 */
public record Message(Role role, String text) {

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

    /** Refuses a blank text, which the model API would refuse too. */
    public Message {
        Objects.requireNonNull(role, "role");
        if (text.isBlank()) {
            throw new IllegalArgumentException("a message's text must not be blank");
        }
    }

    /** A message of the one who asks. */
    public static Message user(String text) {
        return new Message(Role.USER, text);
    }
}

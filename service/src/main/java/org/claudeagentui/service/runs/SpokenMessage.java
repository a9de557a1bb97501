package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Message;

import java.util.List;
import java.util.Objects;

/**
 * A message as people see it: a text, and files.
 *
 * @param role who speaks
 * @param text what is said, not blank
 * @param attachments the files that are given along
 */
public record SpokenMessage(Message.Role role, String text, List<Attachment> attachments) {

    /** Refuses a blank text, which the model API would refuse too. */
    public SpokenMessage {
        Objects.requireNonNull(role, "role");
        attachments = List.copyOf(attachments);
        if (text.isBlank()) {
            throw new IllegalArgumentException("a message's text must not be blank");
        }
    }

    /** How many bytes of a request to the model its files take. */
    long weight() {
        return attachments.stream().mapToLong(Attachment::weight).sum();
    }
}

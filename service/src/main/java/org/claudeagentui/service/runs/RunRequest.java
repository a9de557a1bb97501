package org.claudeagentui.service.runs;

import java.util.List;
import java.util.Objects;

/**
 * What a client wants run.
 *
 * @param agentId the agent's document id, any text
 * @param input what the agent is given
 * @param attachments the files that it is given with it
 */
public record RunRequest(String agentId, String input, List<AttachmentSource> attachments) {

    /** Refuses to be incomplete. */
    public RunRequest {
        Objects.requireNonNull(agentId, "agentId");
        Objects.requireNonNull(input, "input");
        attachments = List.copyOf(attachments);
    }
}

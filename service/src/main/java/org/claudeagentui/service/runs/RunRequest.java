package org.claudeagentui.service.runs;

import org.claudeagentui.service.idempotency.KeyedRequest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client wants run.
 *
 * @param agentId the agent's document id, any text
 * @param input what the agent is given
 * @param attachments the files that it is given with it
 * @param key what the client calls the request by, if it does: the same request again is for the same run
 */
public record RunRequest(String agentId, String input, List<AttachmentSource> attachments, Optional<KeyedRequest> key) {

    /** Refuses to be incomplete. */
    public RunRequest {
        Objects.requireNonNull(agentId, "agentId");
        Objects.requireNonNull(input, "input");
        attachments = List.copyOf(attachments);
    }

    /** A wish that the client doesn't call by a key. */
    public RunRequest(String agentId, String input, List<AttachmentSource> attachments) {
        this(agentId, input, attachments, Optional.empty());
    }

    RunRequest keyed(Optional<KeyedRequest> newKey) {
        return new RunRequest(agentId, input, attachments, newKey);
    }
}

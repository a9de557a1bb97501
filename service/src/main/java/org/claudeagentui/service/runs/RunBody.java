package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;

import java.util.ArrayList;
import java.util.List;

/** Reads what a client wants run. */
final class RunBody {

    private static final String ATTACHMENTS = "attachments";

    private final JsonObject body;

    RunBody(JsonObject body) {
        this.body = body;
    }

    /**
     * What is wanted of the agent that the body names.
     *
     * @throws ProblemException naming all that is missing, wrong or not known
     */
    RunRequest request() {
        List<AttachmentSource> attachments = checked("agentId", "input");
        return new RunRequest(body.getString("agentId"), body.getString("input"), attachments);
    }

    /**
     * What is wanted of an agent.
     *
     * @throws ProblemException naming all that is missing, wrong or not known
     */
    RunRequest requestOf(String agentId) {
        List<AttachmentSource> attachments = checked("input");
        return new RunRequest(agentId, body.getString("input"), attachments);
    }

    private List<AttachmentSource> checked(String... names) {
        List<String> texts = List.of(names);
        var errors = new ArrayList<FieldError>();
        body.keySet()
                .stream()
                .filter(name -> !texts.contains(name) && !name.equals(ATTACHMENTS))
                .forEach(name -> errors.add(new FieldError(name, "is not known here")));
        texts.stream()
                .filter(name -> !(body.get(name) instanceof JsonString))
                .forEach(name -> errors.add(new FieldError(name, "must be a text")));
        List<AttachmentSource> attachments = body.containsKey(ATTACHMENTS)
                ? new AttachmentsBody(ATTACHMENTS, body.get(ATTACHMENTS), errors).sources()
                : List.of();
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return attachments;
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.ModelFailure;

/** The ways in which runs fail. */
final class RunErrors {

    private RunErrors() {
    }

    static RunError of(ModelFailure failure) {
        return switch (failure) {
            case ModelFailure.RateLimited(String message, _) -> error("model-rate-limited", "The model API limits the rate", message);
            case ModelFailure.Overloaded(String message, _) -> error("model-overloaded", "The model API is overloaded", message);
            case ModelFailure.ServerError(String message, _) -> error("model-failed", "The model API failed", message);
            case ModelFailure.InvalidRequest(String message) -> error("model-request-invalid", "The model API can't serve this agent",
                    message);
            case ModelFailure.Refused(String message) -> error("model-access-refused", "The model API refuses access", message);
            case ModelFailure.TimedOut(String message) -> error("model-timed-out", "The model took too long", message);
            case ModelFailure.ConnectionFailed(String message) -> error("model-connection-failed", "The connection to the model API failed",
                    message);
            case ModelFailure.ProtocolViolated(String message) -> error("model-answer-unreadable", "The model's answer can't be read",
                    message);
        };
    }

    static RunError toolServerUnavailable(String detail) {
        return error("tool-server-unavailable", "An MCP server can't be used", detail);
    }

    /** An attachment that can't be used; what is wrong ends the sentence that the attachment begins. */
    static RunError attachment(Attachment attachment, String wrong) {
        return error("attachment-unusable", "An attachment can't be used", "The attachment \"" + attachment.name() + "\" (upload "
                + attachment.id() + ") " + wrong);
    }

    static RunError tooManyTurns(int most) {
        return error("turn-limit-reached", "The run took too many turns",
                "After " + most + " answers the model still wanted to go on; more are not allowed in a run of this agent.");
    }

    static RunError timedOut(String detail) {
        return error("run-timed-out", "The run took too long", detail);
    }

    static RunError interrupted(String detail) {
        return error("run-interrupted", "The run was interrupted", detail);
    }

    static RunError internal() {
        return error("internal", "The service failed", "The cause is in the service's log, under this run's id.");
    }

    private static RunError error(String kind, String title, String detail) {
        return new RunError("urn:claude-agent-ui:problem:" + kind, title, ModelText.storable(detail));
    }
}

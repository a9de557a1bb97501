package org.claudeagentui.service.runs;

import java.util.Objects;

/**
 * Why a run failed.
 *
 * @param type names the kind of failure, as a problem type does
 * @param title the kind of failure in words, always the same for a type
 * @param detail what happened this time
 */
public record RunError(String type, String title, String detail) {

    /** Refuses missing parts. */
    public RunError {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(detail, "detail");
    }
}

package org.claudeagentui.acceptance.report;

import java.util.Optional;

/** The suite cannot do its work here; what it was to prove is neither verified nor broken. */
public final class EnvironmentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what failed, why, and the one next command. */
    public EnvironmentFailure(String message) {
        super(message);
    }

    /** Says what failed and why, with its cause. */
    public EnvironmentFailure(String message, Throwable cause) {
        super(message, cause);
    }

    static Optional<EnvironmentFailure> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EnvironmentFailure found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}

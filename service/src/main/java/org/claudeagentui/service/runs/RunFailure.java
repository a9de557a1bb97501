package org.claudeagentui.service.runs;

/** Ends a run as failed. */
final class RunFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient RunError error;

    RunFailure(RunError error) {
        super(error.detail());
        this.error = error;
    }

    RunError error() {
        return error;
    }
}

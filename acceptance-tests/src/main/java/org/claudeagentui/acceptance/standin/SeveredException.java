package org.claudeagentui.acceptance.standin;

import java.io.IOException;

/** The script has ended the connection. */
final class SeveredException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Recording.Outcome outcome;

    SeveredException(Recording.Outcome outcome) {
        super("The script ended the connection");
        this.outcome = outcome;
    }

    Recording.Outcome outcome() {
        return outcome;
    }
}

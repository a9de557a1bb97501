package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.Secrets;

import java.time.Duration;

/** Something that was waited for did not come in time. */
public final class DeadlineMissedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeadlineMissedException(String what, Duration deadline, String seen) {
        super(Secrets.redact("%s: not within %d s. %s".formatted(what, deadline.toSeconds(), seen)));
    }
}

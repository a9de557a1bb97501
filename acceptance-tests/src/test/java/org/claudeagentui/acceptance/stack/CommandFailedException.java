package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.Secrets;

/** A command that the harness needed did not succeed. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LINES = 25;

    CommandFailedException(CommandResult result) {
        super(Secrets.redact("%s ended with %d after %.1f s:%n%s".formatted(String.join(" ", result.command()), result.exitCode(),
                result.took().toMillis() / 1000.0, result.lastLines(LINES))));
    }
}

package org.claudeagentui.acceptance.stack;

/**
 * How a command inside a container ended.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record ExecResult(long exitCode, String out, String err) {
    /** Whether the exit code is zero. */
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Gives the output without surrounding space, or fails with what the command said. */
    public String orThrow() {
        if (!succeeded()) {
            throw new IllegalStateException("A command in a container ended with %d: %s%s".formatted(exitCode, out, err).strip());
        }
        return out.strip();
    }
}

package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.util.List;

/**
 * How a command ended.
 *
 * @param command the command and its arguments
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 * @param took how long it ran
 */
public record CommandResult(List<String> command, int exitCode, String out, String err, Duration took) {
    /** Copies the command. */
    public CommandResult {
        command = List.copyOf(command);
    }

    /** Whether the exit code is zero. */
    public boolean succeeded() {
        return exitCode == 0;
    }

    /** Both outputs, standard output first. */
    public String text() {
        return (out + err).strip();
    }

    /** Gives this result back, or fails with the command's last lines when it did not succeed. */
    public CommandResult orThrow() {
        if (!succeeded()) {
            throw new CommandFailedException(this);
        }
        return this;
    }

    /** The last lines of both outputs, at most so many. */
    public String lastLines(int count) {
        List<String> lines = text().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}

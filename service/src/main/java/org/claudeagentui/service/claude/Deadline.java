package org.claudeagentui.service.claude;

import java.time.Duration;

/**
 * A point in time that something must not outlast, on the clock of {@link System#nanoTime()}.
 *
 * @param nanoTime the point
 */
public record Deadline(long nanoTime) {

    /** A deadline that far from now. */
    public static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }
}

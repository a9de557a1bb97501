package org.claudeagentui.acceptance.standin;

import java.io.IOException;
import java.time.Duration;

/** Keeps a steady pace: each beat is due a fixed time after the one before, however late that one came. */
final class Pacer {
    /** A writer held up for longer than so many beats, by a reader that does not read, doesn't rush to catch up. */
    private static final int CATCH_UP_BEATS = 20;

    private final long pace;
    private final Wire wire;
    private long due = System.nanoTime();

    Pacer(Duration pace, Wire wire) {
        this.pace = pace.toNanos();
        this.wire = wire;
    }

    /** Returns when the next beat is due; the first is at once. */
    void await() throws IOException, InterruptedException {
        if (pace == 0) {
            return;
        }
        long now = System.nanoTime();
        if (due > now) {
            wire.pause(Duration.ofNanos(due - now));
        } else if (now - due > CATCH_UP_BEATS * pace) {
            due = now;
        }
        due += pace;
    }
}

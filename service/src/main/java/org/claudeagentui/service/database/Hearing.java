package org.claudeagentui.service.database;

import java.time.Duration;

/** Since when all that is announced on a channel is heard, and whether that was proven a moment ago. Safe for threads. */
public final class Hearing {
    private static final long PROOF_LASTS = Duration.ofSeconds(2).toNanos();
    private static final State DEAF = new State(false, 0, 0);

    private volatile State state = DEAF;

    private record State(boolean open, long since, long proven) {}

    /** Nothing is heard yet. */
    public Hearing() {
        // It begins deaf.
    }

    /** All that is announced from now on is heard. */
    public void begins() {
        var now = System.nanoTime();
        state = new State(true, now, now);
    }

    /** All that was announced until now has been heard. */
    public void isProven() {
        state = new State(true, state.since(), System.nanoTime());
    }

    /** Nothing is heard from now on. */
    public void ends() {
        state = DEAF;
    }

    /**
     * Whether nothing that was announced since a moment can have been missed.
     *
     * @param moment the moment, as nanoseconds of the system's timer
     * @param now the present moment, the same way
     */
    public boolean covers(long moment, long now) {
        var latest = state;
        return latest.open() && moment - latest.since() >= 0 && now - latest.proven() < PROOF_LASTS;
    }
}

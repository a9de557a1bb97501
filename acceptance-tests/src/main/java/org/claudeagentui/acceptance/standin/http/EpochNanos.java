package org.claudeagentui.acceptance.standin.http;

import java.time.Instant;

/** Wall-clock time in nanoseconds since 1970: comparable between processes of one machine, and it fits a {@code long} until 2262. */
public final class EpochNanos {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private EpochNanos() {
    }

    /** The present moment. */
    public static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}

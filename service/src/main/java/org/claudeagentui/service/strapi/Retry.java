package org.claudeagentui.service.strapi;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Asks Strapi again, after short pauses of random length, a few times: where a read failed at once, as one does whose connection was
 * cut, and where an entry was changed by others between a look at it and the write. Writes are not repeated otherwise, as they may have
 * been done.
 */
final class Retry {
    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_REWRITES = 10;
    private static final Duration LONGEST_FIRST_PAUSE = Duration.ofMillis(100);
    /** One that failed after so long met no hiccup, and whoever asked has waited enough. */
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    private final BooleanSupplier worthwhile;

    Retry() {
        this(() -> true);
    }

    /**
     * A retry.
     *
     * @param worthwhile tells whether Strapi is worth asking again
     */
    Retry(BooleanSupplier worthwhile) {
        this.worthwhile = worthwhile;
    }

    <T> T read(Supplier<T> read) {
        var start = System.nanoTime();
        for (var attempt = 1;; attempt++) {
            try {
                return read.get();
            } catch (StrapiException.Unavailable e) {
                if (attempt == MOST_ATTEMPTS || System.nanoTime() - start > AT_ONCE.toNanos() || !worthwhile.getAsBoolean()) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    /**
     * Looks and writes.
     *
     * @throws StrapiException.Contended if others changed the entry between the two each time
     */
    static <T> T rewrite(Supplier<T> lookAndWrite) {
        for (var attempt = 1;; attempt++) {
            try {
                return lookAndWrite.get();
            } catch (StrapiException.Changed e) {
                var contended = new StrapiException.Contended(e);
                if (attempt == MOST_REWRITES) {
                    throw contended;
                }
                pause(attempt, contended);
            }
        }
    }

    private static void pause(int attempt, StrapiException failure) {
        try {
            Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(LONGEST_FIRST_PAUSE.multipliedBy(attempt).toNanos())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.idempotency.Keys;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/** Drops the events of runs that ended long ago, and the keys of old requests. The runs themselves stay: input, output, tokens, cost. */
final class Retention {

    private static final Logger LOGGER = System.getLogger(Retention.class.getName());
    private static final int RUNS_AT_ONCE = 50;

    private final Journal journal;
    private final Keys keys;
    private final Optional<Duration> kept;

    /**
     * A retention.
     *
     * @param kept how long after a run's end its events are kept; nothing means for ever
     */
    Retention(Journal journal, Keys keys, Optional<Duration> kept) {
        this.journal = journal;
        this.keys = keys;
        this.kept = kept;
    }

    /** Drops what is due, a bounded number of rows a statement, so that none holds the journal up. */
    void apply() {
        keys.forget();
        kept.ifPresent(this::drop);
    }

    private void drop(Duration age) {
        int dropped = 0;
        int last = RUNS_AT_ONCE;
        while (last == RUNS_AT_ONCE && !Thread.currentThread().isInterrupted()) {
            last = journal.dropEvents(age, RUNS_AT_ONCE);
            dropped += last;
        }
        if (dropped > 0) {
            LOGGER.log(Level.INFO, "The events of {0} runs that ended more than {1} days ago were dropped", dropped, age.toDays());
        }
    }
}

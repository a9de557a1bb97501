package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;

/** Keeps the runs of this replica its own, and hears at it which of them are to be cancelled. */
final class Leases {

    private static final Logger LOGGER = System.getLogger(Leases.class.getName());

    private final Journal journal;
    private final RunEngine engine;
    private final Duration every;
    private Deadline next;

    Leases(Journal journal, RunEngine engine, Duration every) {
        this.journal = journal;
        this.engine = engine;
        this.every = every;
        next = Deadline.after(every);
    }

    /** Renews the leases if it is time to. */
    void renewIfDue() {
        Set<RunId> runs = engine.active();
        if (!next.passed() || runs.isEmpty()) {
            return;
        }
        next = Deadline.after(every);
        try {
            journal.renew(runs).forEach(engine::cancel);
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "The leases of {0} runs could not be renewed: {1}", runs.size(), e.getMessage());
        }
    }
}

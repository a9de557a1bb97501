package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
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
            Map<RunId, Boolean> ours = journal.renew(runs);
            // Not here: what stops a run may wait for a commit, and this thread is the one that makes them.
            Thread.startVirtualThread(() -> runs.forEach(run -> heed(run, ours)));
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "The leases of {0} runs could not be renewed: {1}", runs.size(), e.getMessage());
        }
    }

    private void heed(RunId run, Map<RunId, Boolean> ours) {
        if (!ours.containsKey(run)) {
            engine.lose(run);
        } else if (Boolean.TRUE.equals(ours.get(run))) {
            var _ = engine.cancel(run);
        }
    }
}

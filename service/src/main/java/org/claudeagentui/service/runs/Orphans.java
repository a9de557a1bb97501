package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Finds the runs that nobody works on any more, because the replica that did is gone, or has let go of them. */
final class Orphans implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Orphans.class.getName());
    private static final int MOST_AT_ONCE = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Journal journal;
    private final RunEngine engine;
    private final Consumer<Journal.Taken> taker;
    private final Duration every;
    private final Duration grace;
    private final Thread thread = Thread.ofVirtual().name("orphans").unstarted(this::work);
    private volatile boolean closed;

    /**
     * A search, not yet begun.
     *
     * @param taker who takes care of what is found; each is this replica's own by then
     */
    Orphans(Journal journal, RunEngine engine, Consumer<Journal.Taken> taker, Duration lease) {
        this.journal = journal;
        this.engine = engine;
        this.taker = taker;
        every = lease.dividedBy(4);
        grace = lease.dividedBy(2);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void work() {
        // While the database was away nobody could renew a lease: those who live get the time to.
        Deadline lapsed = Deadline.after(grace);
        while (!closed) {
            boolean all = lapsed.passed();
            boolean swept = swept(all);
            if (all || !swept) {
                lapsed = Deadline.after(swept ? every : grace);
            }
            pause(every.compareTo(LONGEST_PAUSE) < 0 ? every : LONGEST_PAUSE);
        }
    }

    private boolean swept(boolean all) {
        try {
            int most = Math.min(MOST_AT_ONCE, engine.room());
            if (most > 0) {
                journal.takeOver(!all, engine.active(), most).forEach(this::take);
            }
            return true;
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "Orphaned runs can''t be looked for: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "Orphaned runs met a fault of the service", e);
        }
        return false;
    }

    /** One that can't be taken care of doesn't keep the others from it. */
    private void take(Journal.Taken taken) {
        try {
            taker.accept(taken);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "Run {0} was left behind, and can''t be gone on with right now: {1}", taken.run().id(), e
                    .getMessage());
        }
    }

    private void pause(Duration length) {
        try {
            Thread.sleep(length.dividedBy(2).plusMillis(ThreadLocalRandom.current().nextLong(1 + length.toMillis())));
        } catch (InterruptedException e) {
            // Only close() interrupts it.
            closed = true;
        }
    }
}

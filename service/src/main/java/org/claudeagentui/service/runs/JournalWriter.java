package org.claudeagentui.service.runs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes the events of all runs of this replica, one commit at a time: each takes whatever has queued up since the one
 * before, and none waits for more. The queue is bounded, so that runs wait for the journal rather than outrun it.
 */
final class JournalWriter implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(JournalWriter.class.getName());
    private static final int QUEUE = 2048;
    private static final int MOST_EVENTS_A_COMMIT = 512;
    private static final int MOST_CHARACTERS_A_COMMIT = 4 << 20;
    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration LAST_COMMITS = Duration.ofSeconds(3);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Journal journal;
    private final EventFeed feed;
    private final Duration patience;
    private final BlockingQueue<JournalEntry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private volatile Runnable chores = () -> {};
    private volatile CommitListener listener = (_, _) -> {};
    private volatile boolean closed;
    private final Outage outage;

    /**
     * A writer, not yet at work.
     *
     * @param patience how long entries wait for a database that is away before they are given up
     */
    JournalWriter(Journal journal, EventFeed feed, Duration patience) {
        this.journal = journal;
        this.feed = feed;
        this.patience = patience;
        outage = new Outage(patience);
        // Not a virtual one: each commit would take two more hand-overs between threads, and all events pass here.
        thread = Thread.ofPlatform().daemon().name("journal-writer").unstarted(this::work);
    }

    /** What else this thread is to do, again and again: it must return at once when nothing is due. */
    void alsoDoes(Runnable work) {
        chores = work;
    }

    /** Who is told of each commit. */
    void heardBy(CommitListener other) {
        listener = other;
    }

    void start() {
        thread.start();
    }

    /** Queues an entry. Waits while the queue is full. */
    void add(JournalEntry entry) {
        try {
            queue.put(entry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(entry, e);
        }
    }

    /** Writes what has queued up, then stops; nothing has where the database was never reached. */
    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(LAST_COMMITS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (!closed || !queue.isEmpty()) {
            try {
                List<JournalEntry> entries = take();
                if (!entries.isEmpty()) {
                    write(entries);
                }
                chores.run();
            } catch (InterruptedException e) {
                closed = true;
                LOGGER.log(Level.ERROR, "The journal's writer was interrupted and stops", e);
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "The journal's writer met a fault of the service and goes on", e);
            }
        }
    }

    private List<JournalEntry> take() throws InterruptedException {
        List<JournalEntry> entries = new ArrayList<>();
        JournalEntry next = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        int characters = 0;
        while (next != null) {
            entries.add(next);
            characters += next.event().weight();
            boolean full = entries.size() == MOST_EVENTS_A_COMMIT || characters > MOST_CHARACTERS_A_COMMIT;
            next = full ? null : queue.poll();
        }
        return entries;
    }

    private void write(List<JournalEntry> taken) {
        List<JournalEntry> entries = withoutLost(taken);
        for (int attempt = 1; !entries.isEmpty() && !written(entries); attempt++) {
            LockSupport.parkNanos(pause(attempt));
            entries = withoutLost(entries);
        }
    }

    /** Whether nothing is left to be tried again: the entries are committed, or given up. */
    private boolean written(List<JournalEntry> entries) {
        try {
            long begin = System.nanoTime();
            Set<RunId> held = new HashSet<>(journal.commit(entries));
            var took = Duration.ofNanos(System.nanoTime() - begin);
            if (outage.ends()) {
                LOGGER.log(Level.INFO, "The journal can be written again");
            }
            List<JournalEntry> committed = entries.stream().filter(entry -> held.contains(entry.run().id())).toList();
            feed.publish(committed);
            listener.committed(committed, took);
            entries.forEach(entry -> settle(entry, held.contains(entry.run().id())));
            return true;
        } catch (JournalException e) {
            return e.passing() ? givenUpAfterAll(entries, e) : givenUp(entries, e);
        }
    }

    private boolean givenUpAfterAll(List<JournalEntry> entries, JournalException why) {
        if (outage.begins()) {
            LOGGER.log(Level.WARNING, "The journal can''t be written, it is tried again for {0} s: {1}", patience.toSeconds(), why
                    .getMessage());
        }
        return outage.lastsTooLong() && givenUp(entries, why);
    }

    private boolean givenUp(List<JournalEntry> entries, JournalException why) {
        if (!why.passing() && entries.size() > 1) {
            // One run's entry must not take the others' down with it.
            entries.forEach(entry -> write(List.of(entry)));
        } else {
            outage.ends();
            LOGGER.log(Level.ERROR, entries.size() + " events were given up", why);
            entries.forEach(entry -> giveUp(entry, why));
        }
        return true;
    }

    private static List<JournalEntry> withoutLost(List<JournalEntry> entries) {
        entries.stream().filter(entry -> entry.tenure().lost()).forEach(entry -> giveUp(entry, new RunLost(entry.run().id())));
        return entries.stream().filter(entry -> !entry.tenure().lost()).toList();
    }

    private static void settle(JournalEntry entry, boolean held) {
        if (held) {
            entry.committed().complete(null);
        } else {
            giveUp(entry, new RunLost(entry.run().id()));
        }
    }

    private static void giveUp(JournalEntry entry, Exception why) {
        entry.tenure().lose();
        entry.committed().completeExceptionally(why);
    }

    private static long pause(int attempt) {
        long ceiling = Math.min(LONGEST_PAUSE.toNanos(), SHORTEST_PAUSE.toNanos() << Math.min(attempt, 10));
        return ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
    }
}

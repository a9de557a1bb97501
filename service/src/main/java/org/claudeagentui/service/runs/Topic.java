package org.claudeagentui.service.runs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One run's news: wakes those who wait for them, and remembers the latest events that this replica committed. */
final class Topic {

    private static final int MOST_WEIGHT = 256 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayList<StoredEvent> latest = new ArrayList<>();
    private int weight;
    private boolean writtenHere;
    private long version;

    /** Tells whether this replica writes the run: then it knows of every event. */
    void writtenHere(boolean here) {
        lock.lock();
        try {
            writtenHere = here;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all but that event, which is the newest. */
    void goesOnFrom(StoredEvent newest) {
        lock.lock();
        try {
            forgetFirst(latest.size());
            latest.add(newest);
            weight += newest.weight();
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** The newest event, where this replica writes the run. */
    Optional<StoredEvent> newestWrittenHere() {
        lock.lock();
        try {
            return writtenHere && !latest.isEmpty() ? Optional.of(latest.getLast()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in an event that was committed. */
    void add(List<StoredEvent> events) {
        lock.lock();
        try {
            for (StoredEvent event : events) {
                if (!latest.isEmpty() && latest.getLast().seq() + 1 != event.seq()) {
                    forgetFirst(latest.size());
                }
                latest.add(event);
                weight += event.weight();
            }
            if (weight > MOST_WEIGHT) {
                forgetFirst(latest.size() / 2);
            }
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those who wait: something may have happened elsewhere. */
    void poke() {
        lock.lock();
        try {
            if (!writtenHere) {
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those who wait, to look around: the news are none of the run's. */
    void rouse() {
        lock.lock();
        try {
            wake();
        } finally {
            lock.unlock();
        }
    }

    /** The events after that number, at most so many; nothing when only the journal knows. */
    Optional<List<StoredEvent>> after(long seq, int limit) {
        lock.lock();
        try {
            if (latest.isEmpty() || seq + 1 < latest.getFirst().seq()) {
                return Optional.empty();
            }
            int from = (int) Math.min(seq + 1 - latest.getFirst().seq(), latest.size());
            List<StoredEvent> events = List.copyOf(latest.subList(from, Math.min(from + limit, latest.size())));
            return events.isEmpty() && !writtenHere ? Optional.empty() : Optional.of(events);
        } finally {
            lock.unlock();
        }
    }

    long version() {
        lock.lock();
        try {
            return version;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for anything to happen after that version, so long at most. */
    void awaitChange(long after, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (version == after && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        version++;
        changed.signalAll();
    }

    private void forgetFirst(int count) {
        List<StoredEvent> oldest = latest.subList(0, count);
        oldest.forEach(event -> weight -= event.weight());
        oldest.clear();
    }
}

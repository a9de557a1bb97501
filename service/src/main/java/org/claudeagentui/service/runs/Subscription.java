package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One reader's place in a run's events. It holds no events: they are taken from memory while the reader keeps up, and
 * from the journal when it has fallen behind.
 */
final class Subscription implements AutoCloseable {

    private static final int MOST_AT_ONCE = 256;
    private static final int MOST_CHARACTERS_AT_ONCE = 64 << 10;

    private final EventFeed feed;
    private final Journal journal;
    private final RunId run;
    private final Topic topic;
    private long position;

    Subscription(EventFeed feed, Journal journal, RunId run, Topic topic, long after) {
        this.feed = feed;
        this.journal = journal;
        this.run = run;
        this.topic = topic;
        position = after;
    }

    /**
     * Waits for the next events.
     *
     * @param enough whether to wait no longer, asked whenever something happens
     * @return the events, or none when nothing happened in that time
     * @throws JournalException when only the journal knows and it can't be read
     */
    List<StoredEvent> next(Duration patience, BooleanSupplier enough) throws InterruptedException {
        Deadline deadline = Deadline.after(patience);
        while (true) {
            long version = topic.version();
            Optional<List<StoredEvent>> known = topic.after(position, MOST_AT_ONCE);
            List<StoredEvent> events = bounded(known.orElseGet(() -> journal.events(run, position, MOST_AT_ONCE)));
            if (!events.isEmpty()) {
                position = events.getLast().seq();
                return events;
            }
            if (deadline.passed() || enough.getAsBoolean()) {
                return List.of();
            }
            topic.awaitChange(version, known.isPresent() ? deadline.remaining() : shorter(deadline.remaining(), feed.pollInterval()));
        }
    }

    @Override
    public void close() {
        feed.release(run);
    }

    /** As many as a reader that takes nothing may hold on to; one at least. */
    private static List<StoredEvent> bounded(List<StoredEvent> events) {
        int count = 0;
        int characters = 0;
        while (count < events.size() && (count == 0 || characters + events.get(count).weight() <= MOST_CHARACTERS_AT_ONCE)) {
            characters += events.get(count).weight();
            count++;
        }
        return List.copyOf(events.subList(0, count));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

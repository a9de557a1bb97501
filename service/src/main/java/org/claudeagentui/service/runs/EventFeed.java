package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings committed events to those who follow runs. Holds a topic for each run that is written or followed here. */
final class EventFeed {

    private static final Duration POLL_WHILE_TOLD = Duration.ofSeconds(10);
    private static final Duration POLL_WHILE_UNTOLD = Duration.ofMillis(500);

    private final Journal journal;
    private final Map<RunId, Use> topics = new HashMap<>();
    private volatile boolean told;
    private volatile Deadline newsWantedUntil = Deadline.after(Duration.ZERO);

    EventFeed(Journal journal) {
        this.journal = journal;
    }

    /** Follows a run from the event after that number on. */
    Subscription subscribe(RunId run, long after) {
        return new Subscription(this, journal, run, acquire(run), after);
    }

    /** The newest event of a run that this replica writes. */
    Optional<StoredEvent> newestWrittenHere(RunId run) {
        return topic(run).flatMap(Topic::newestWrittenHere);
    }

    /** Announces that this replica writes the run from now on. */
    void open(RunId run) {
        acquire(run).writtenHere(true);
    }

    /** Announces that this replica goes on with a run that another wrote up to that event. */
    void open(RunId run, StoredEvent newest) {
        Topic topic = acquire(run);
        topic.goesOnFrom(newest);
        topic.writtenHere(true);
    }

    /** Announces that this replica writes the run no more. */
    void close(RunId run) {
        Topic topic = topic(run).orElseThrow();
        topic.writtenHere(false);
        topic.poke();
        release(run);
    }

    /** Passes on events that were committed here. */
    void publish(List<JournalEntry> entries) {
        Map<RunId, List<StoredEvent>> byRun = new LinkedHashMap<>();
        entries.forEach(entry -> byRun.computeIfAbsent(entry.run().id(), _ -> new ArrayList<>()).add(entry.event()));
        byRun.forEach((run, events) -> topic(run).ifPresent(topic -> topic.add(events)));
    }

    /** Tells those who follow the run that it may have new events. */
    void poke(RunId run) {
        topic(run).ifPresent(Topic::poke);
    }

    /** Whether somebody here waits, or did so lately, for events that only another replica can tell of. */
    boolean wantsNews() {
        return !newsWantedUntil.passed();
    }

    /** Says whether other replicas' commits are told of. Something may have been missed. */
    void told(boolean now) {
        told = now;
        wakeAll();
    }

    /** Tells all who wait to look around. */
    void wakeAll() {
        List<Topic> all;
        synchronized (topics) {
            all = topics.values().stream().map(Use::topic).toList();
        }
        all.forEach(Topic::rouse);
    }

    /** Has other replicas' commits told of from now on; says how long to trust in that before asking the journal. */
    Duration pollInterval() {
        newsWantedUntil = Deadline.after(POLL_WHILE_TOLD.multipliedBy(3));
        return told ? POLL_WHILE_TOLD : POLL_WHILE_UNTOLD;
    }

    void release(RunId run) {
        synchronized (topics) {
            topics.computeIfPresent(run, (_, use) -> use.users() == 1 ? null : new Use(use.topic(), use.users() - 1));
        }
    }

    private Topic acquire(RunId run) {
        synchronized (topics) {
            return topics.compute(run, (_, use) -> use == null ? new Use(new Topic(), 1) : new Use(use.topic(), use.users() + 1)).topic();
        }
    }

    private Optional<Topic> topic(RunId run) {
        synchronized (topics) {
            return Optional.ofNullable(topics.get(run)).map(Use::topic);
        }
    }

    private record Use(Topic topic, int users) {}
}

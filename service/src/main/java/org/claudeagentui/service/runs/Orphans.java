package org.claudeagentui.service.runs;

import jakarta.json.JsonReader;
import org.claudeagentui.service.claude.Prices;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.web.Jsons;

import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ends the runs that nobody works on any more, because the replica that did is gone. */
final class Orphans implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Orphans.class.getName());
    private static final int MOST_AT_ONCE = 20;
    private static final int EVENTS_AT_ONCE = 500;

    private final Journal journal;
    private final JournalWriter writer;
    private final EventFeed feed;
    private final Prices prices;
    private final Duration every;
    private final Duration grace;
    private final Thread thread = Thread.ofVirtual().name("orphans").unstarted(this::work);
    private volatile boolean closed;

    Orphans(Journal journal, JournalWriter writer, EventFeed feed, Prices prices, Duration lease) {
        this.journal = journal;
        this.writer = writer;
        this.feed = feed;
        this.prices = prices;
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
        pause(grace);
        while (!closed) {
            pause(swept() ? every : grace);
        }
    }

    private boolean swept() {
        try {
            journal.takeOver(MOST_AT_ONCE).forEach(this::end);
            return true;
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "Orphaned runs can''t be looked for: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "Orphaned runs met a fault of the service", e);
        }
        return false;
    }

    private void end(Journal.Taken taken) {
        Run run = taken.run();
        LOGGER.log(Level.WARNING, "Run {0} was left behind by its replica and is ended", run.id());
        RunUsage usage = run.usage()
                .map(counted -> new RunUsage(counted.tokens(), false))
                .orElse(new RunUsage(TokenUsage.NONE, run.state() == RunState.QUEUED));
        var error = RunErrors.interrupted("The service stopped, or lost its database, while it worked on the run. Start a new one.");
        long lastSeq = journal.lastSeq(run.id());
        String output = output(run.id());
        feed.open(run.id());
        var end = new RunWriter(writer, taken.tenure(), run, lastSeq, output, new StopSignal())
                .appended(new RunEvent.Failed(error, usage, run.model().flatMap(model -> prices.cost(model, usage.tokens()))));
        var _ = end.whenComplete((_, _) -> feed.close(run.id()));
    }

    private String output(RunId run) {
        var text = new StringBuilder();
        long last = 0;
        List<StoredEvent> events;
        do {
            events = journal.events(run, last, EVENTS_AT_ONCE);
            events.stream().filter(event -> event.type().equals("text.delta")).forEach(event -> text.append(textOf(event)));
            last = events.isEmpty() ? last : events.getLast().seq();
        } while (events.size() == EVENTS_AT_ONCE);
        return text.toString();
    }

    private static String textOf(StoredEvent event) {
        try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(event.data()))) {
            return reader.readObject().getString("text");
        }
    }

    private static void pause(Duration length) {
        try {
            Thread.sleep(length.plusMillis(ThreadLocalRandom.current().nextLong(length.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

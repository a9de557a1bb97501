package org.claudeagentui.service.runs;

import org.claudeagentui.service.idempotency.KeyedRequest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The one who writes a run's events: numbers them, and keeps what they make of the run. Used by one thread at a time. */
final class RunWriter {

    private static final Logger LOGGER = System.getLogger(RunWriter.class.getName());

    private final JournalWriter journal;
    private final Tenure tenure;
    private final StopSignal stop;
    private final OutputText output;
    private volatile Run run;
    private long lastSeq;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * A writer that goes on where the journal ends.
     *
     * @param tenure the right to write it
     * @param run the run as it is kept, or as it is to begin
     * @param lastSeq the number of its last event, 0 when it has none
     * @param output the text that the model wrote so far
     * @param stop what is raised when the journal takes no more
     */
    RunWriter(JournalWriter journal, Tenure tenure, Run run, long lastSeq, OutputText output, StopSignal stop) {
        this.journal = journal;
        this.tenure = tenure;
        this.run = run;
        this.lastSeq = lastSeq;
        this.output = output;
        this.stop = stop;
    }

    /** The run after the last event that was appended. */
    Run run() {
        return run;
    }

    /** Gives the run up: what is not in the journal yet is to stay out of it. */
    void abandon() {
        tenure.lose();
    }

    /** Done once all that was appended is committed, or has been given up. */
    CompletableFuture<Boolean> settled() {
        return last.handle((_, failure) -> failure == null);
    }

    /** Appends an event. Waits while the journal is behind, but not for the commit. */
    void append(RunEvent event) {
        var _ = appended(event);
    }

    /**
     * Appends an event. Waits while the journal is behind.
     *
     * @return done once the event is committed
     */
    CompletableFuture<Void> appended(RunEvent event) {
        return appended(event, Optional.empty());
    }

    /**
     * Appends an event. Waits while the journal is behind.
     *
     * @param key what is written with the run's first event, so that no other run is ever begun for it
     * @return done once the event is committed; failed where the key is another run's
     */
    CompletableFuture<Void> appended(RunEvent event, Optional<KeyedRequest> key) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        output.add(event);
        Run before = run;
        Run after = before.after(event, at);
        boolean ended = event instanceof RunEvent.Ended;
        Run written = ended ? after.withOutput(ModelText.storable(output.toString())) : after;
        run = written;
        lastSeq++;
        var stored = new StoredEvent(lastSeq, event.type(), EventJson.write(run.id(), lastSeq, at, event));
        var entry = new JournalEntry(tenure, run, key, lastSeq == 1 || !run.equals(before), stored, new CompletableFuture<>());
        last = entry.committed();
        journal.add(entry);
        return entry.committed().whenComplete((_, failure) -> {
            if (failure == null && ended) {
                Audit.ended(written);
            } else if (failure != null && stop.raise(StopSignal.Reason.JOURNAL_LOST)) {
                LOGGER.log(Level.ERROR, "Run {0} can''t be written any more: {1}", run.id(), failure.getMessage());
            }
        });
    }
}

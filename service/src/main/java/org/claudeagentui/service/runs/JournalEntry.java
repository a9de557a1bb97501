package org.claudeagentui.service.runs;

import org.claudeagentui.service.idempotency.KeyedRequest;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way into the journal.
 *
 * @param tenure the right to write the run
 * @param run the run after the event
 * @param key what the client calls the request for the run by; there with a run's first event at most
 * @param rowChanged whether the event changed what is kept of the run itself
 * @param event the event
 * @param committed done when the event is in the journal; failed when it will never be, and nor will the run's later ones
 */
record JournalEntry(Tenure tenure, Run run, Optional<KeyedRequest> key, boolean rowChanged, StoredEvent event,
        CompletableFuture<Void> committed) {}

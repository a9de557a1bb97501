package org.claudeagentui.service.runs;

import java.util.concurrent.CompletableFuture;

/**
 * One event on its way into the journal.
 *
 * @param tenure the right to write the run
 * @param run the run after the event
 * @param rowChanged whether the event changed what is kept of the run itself
 * @param event the event
 * @param committed done when the event is in the journal; failed when it will never be, and nor will the run's later ones
 */
record JournalEntry(Tenure tenure, Run run, boolean rowChanged, StoredEvent event, CompletableFuture<Void> committed) {}

package org.claudeagentui.service.runs;

import java.time.Duration;
import java.util.List;

/** Hears of each commit of the journal, on the journal's own thread: it must be quick. */
@FunctionalInterface
interface CommitListener {

    /**
     * Something was committed.
     *
     * @param entries what was
     * @param took how long the commit took
     */
    void committed(List<JournalEntry> entries, Duration took);
}

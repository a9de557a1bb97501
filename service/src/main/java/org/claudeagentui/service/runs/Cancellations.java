package org.claudeagentui.service.runs;

import org.claudeagentui.service.database.Channel;

import java.util.function.Consumer;

/** Hears which runs are to be cancelled. */
record Cancellations(Consumer<RunId> cancelRequested) implements Channel {

    @Override
    public String name() {
        return JournalSql.CANCEL_CHANNEL;
    }

    @Override
    public void heard(String message) {
        RunId.parse(message).ifPresent(cancelRequested);
    }
}

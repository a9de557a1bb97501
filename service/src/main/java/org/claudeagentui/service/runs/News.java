package org.claudeagentui.service.runs;

import org.claudeagentui.service.database.Channel;

/**
 * Hears which runs have new events. While it can't, the journal has to be asked instead. What this replica commits it would hear, too: it
 * listens only while somebody here follows another's run.
 */
record News(EventFeed feed) implements Channel {

    @Override
    public String name() {
        return JournalSql.EVENTS_CHANNEL;
    }

    @Override
    public boolean wanted() {
        return feed.wantsNews();
    }

    @Override
    public void opened() {
        feed.told(true);
    }

    @Override
    public void closed() {
        feed.told(false);
    }

    @Override
    public void heard(String message) {
        RunId.parse(message).ifPresent(feed::poke);
    }
}

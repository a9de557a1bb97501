package org.claudeagentui.service.runs;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Hears what other replicas have to tell of runs. While it can't, the journal has to be asked instead. */
final class Notifications implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Notifications.class.getName());
    private static final Duration ONE_WAIT = Duration.ofMillis(250);
    private static final Duration TEST = Duration.ofSeconds(5);
    private static final int WAITS_A_TEST = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final ConnectionSource source;
    private final EventFeed feed;
    private final Consumer<RunId> cancelRequested;
    private final Thread thread = Thread.ofVirtual().name("notifications").unstarted(this::work);
    private volatile boolean closed;

    Notifications(ConnectionSource source, EventFeed feed, Consumer<RunId> cancelRequested) {
        this.source = source;
        this.feed = feed;
        this.cancelRequested = cancelRequested;
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
        while (!closed) {
            try (Connection connection = source.open()) {
                listen(connection);
            } catch (SQLException e) {
                if (!closed) {
                    LOGGER.log(Level.WARNING, "Other replicas can''t be heard, the journal is asked instead: {0}", e.getMessage());
                }
            }
            feed.told(false);
            pause();
        }
    }

    private void listen(Connection connection) throws SQLException {
        execute(connection, "LISTEN " + JournalSql.CANCEL_CHANNEL);
        PGConnection postgres = connection.unwrap(PGConnection.class);
        for (int silence = 0; !closed; silence++) {
            listenToNewsIfWanted(connection);
            PGNotification[] heard = postgres.getNotifications((int) ONE_WAIT.toMillis());
            if (heard.length > 0) {
                silence = 0;
            } else if (silence % WAITS_A_TEST == 0 && !connection.isValid((int) TEST.toSeconds())) {
                throw new SQLException("the connection is dead", "08006");
            }
            for (PGNotification notification : heard) {
                RunId.parse(notification.getParameter()).ifPresent(run -> hear(notification.getName(), run));
            }
        }
    }

    /** What this replica commits it would hear, too: it listens only while somebody here follows another's run. */
    private void listenToNewsIfWanted(Connection connection) throws SQLException {
        boolean wanted = feed.wantsNews();
        if (wanted != feed.told()) {
            execute(connection, (wanted ? "LISTEN " : "UNLISTEN ") + JournalSql.EVENTS_CHANNEL);
            feed.told(wanted);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private void hear(String channel, RunId run) {
        if (channel.equals(JournalSql.CANCEL_CHANNEL)) {
            cancelRequested.accept(run);
        } else {
            feed.poke(run);
        }
    }

    private void pause() {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, LONGEST_PAUSE.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.claudeagentui.service.database;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Listens to channels on one connection, which is made anew when it has failed. */
public final class Notifications implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Notifications.class.getName());
    private static final Duration ONE_WAIT = Duration.ofMillis(250);
    private static final int WAITS_A_TEST = 4;
    private static final Duration TEST = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final ConnectionSource source;
    private final List<Channel> channels;
    private final Map<String, Channel> open = new LinkedHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("notifications").unstarted(this::work);
    private volatile boolean closed;

    /**
     * Not yet started.
     *
     * @param source makes the connection
     * @param channels what to listen to, under different names
     */
    public Notifications(ConnectionSource source, List<Channel> channels) {
        this.source = source;
        this.channels = List.copyOf(channels);
    }

    /** Begins to listen, now or as soon as the database is there. */
    public void start() {
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
                    LOGGER.log(Level.WARNING, "What others announce can''t be heard: {0}", e.getMessage());
                }
            }
            open.values().forEach(Channel::closed);
            open.clear();
            pause();
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        for (int silence = 0; !closed; silence++) {
            openWhatIsWanted(connection);
            PGNotification[] heard = postgres.getNotifications((int) ONE_WAIT.toMillis());
            tell(heard);
            if (heard.length > 0) {
                silence = 0;
                open.values().forEach(Channel::proven);
            } else if (silence % WAITS_A_TEST == 0) {
                test(connection);
            }
        }
    }

    /** An answer comes after all that was announced before it. */
    private void test(Connection connection) throws SQLException {
        if (!connection.isValid((int) TEST.toSeconds())) {
            throw new SQLException("the connection is dead", "08006");
        }
        tell(connection.unwrap(PGConnection.class).getNotifications());
        open.values().forEach(Channel::proven);
    }

    private void tell(PGNotification[] notifications) {
        for (PGNotification notification : notifications) {
            Optional.ofNullable(open.get(notification.getName())).ifPresent(channel -> channel.heard(notification.getParameter()));
        }
    }

    private void openWhatIsWanted(Connection connection) throws SQLException {
        for (Channel channel : channels) {
            boolean wanted = channel.wanted();
            if (wanted && !open.containsKey(channel.name())) {
                execute(connection, "LISTEN " + channel.name());
                open.put(channel.name(), channel);
                channel.opened();
            } else if (!wanted && open.remove(channel.name()) != null) {
                execute(connection, "UNLISTEN " + channel.name());
                channel.closed();
            }
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(100, LONGEST_PAUSE.toMillis())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

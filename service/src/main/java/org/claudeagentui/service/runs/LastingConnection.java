package org.claudeagentui.service.runs;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;
import org.claudeagentui.service.database.ConnectionSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The one connection of someone who waits for nobody: it stays open from statement to statement, and is made anew at
 * once when it has failed. (A pool makes its waiters wait longer and longer after an outage.) Used by one thread.
 */
final class LastingConnection implements AutoCloseable {

    private final ConnectionSource source;
    private final DbClient client = JdbcClientBuilder.create().connectionPool(this::lend).build();
    private Optional<Connection> connection = Optional.empty();

    LastingConnection(ConnectionSource source) {
        this.source = source;
    }

    DbClient client() {
        return client;
    }

    @Override
    public void close() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            throw JournalException.of("close", e);
        }
    }

    private Connection lend() {
        try {
            if (connection.isEmpty() || connection.get().isClosed()) {
                connection = Optional.of(source.open());
            }
            return withoutClose(connection.get());
        } catch (SQLException e) {
            throw new DbClientException("no connection to the database", e);
        }
    }

    /** The client closes after each statement what it was lent. */
    private static Connection withoutClose(Connection real) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class}, (_, method,
                arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        });
    }
}

package org.claudeagentui.service.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.jdbc.JdbcClientBuilder;

import javax.sql.DataSource;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The service's own schema in PostgreSQL. It may be away, at the start too; what asks for it then fails within seconds.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(Database.class.getName());
    private static final int PROBE_SECONDS = 2;

    private final HikariDataSource pool;
    private final DbClient client;
    private final CountDownLatch ready = new CountDownLatch(1);

    Database(HikariDataSource pool) {
        this.pool = pool;
        this.client = JdbcClientBuilder.create().connectionPool(this::connection).build();
    }

    /** The client for statements; each fails with a {@code DbClientException} where the database is away. */
    public DbClient client() {
        return client;
    }

    /** The pool behind {@link #client()}. */
    public DataSource dataSource() {
        return pool;
    }

    /** What the pool tells of its connections; nothing before it was first asked for one. */
    Optional<HikariPoolMXBean> connections() {
        return Optional.ofNullable(pool.getHikariPoolMXBean());
    }

    /** How many connections there can be. */
    int mostConnections() {
        return pool.getMaximumPoolSize();
    }

    /** Whether the database was reached and its schema brought up to date since the service was started. */
    public boolean ready() {
        return ready.getCount() == 0;
    }

    /**
     * Waits until {@link #ready()}.
     *
     * @param most longest time to wait
     * @return whether it is ready
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    public boolean awaitReady(Duration most) throws InterruptedException {
        return ready.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Asks the database whether it answers.
     *
     * @throws SQLException if it doesn't, within a few seconds
     */
    public void probe() throws SQLException {
        try (var connection = pool.getConnection()) {
            if (!connection.isValid(PROBE_SECONDS)) {
                throw new SQLException("The connection is dead");
            }
        } catch (SQLException e) {
            throw new SQLException(Reason.of(e), e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    void becomeReady() {
        ready.countDown();
        LOGGER.log(Level.INFO, "The database is there and its schema up to date");
    }

    private Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new DbClientException("No connection to the database", e);
        }
    }
}

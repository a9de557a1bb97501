package org.claudeagentui.service.strapi;

import org.claudeagentui.service.database.Notifications;
import org.claudeagentui.service.runs.LocalPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Changes as a real PostgreSQL announces them. */
class AnnouncementsTest {
    private static final Duration A_WHILE = Duration.ofSeconds(20);
    private static final StrapiLimits LIMITS = new StrapiLimits(Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofHours(1),
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(100), 4, 100, 1_000_000);

    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final Changes changes = new Changes(LIMITS);
    private final AtomicInteger reads = new AtomicInteger();
    private final Generations agents = changes.generations(ContentType.AGENT);
    private final Shelf<String, Integer> shelf = new Shelf<>(new Memory(LIMITS, changes, _ -> {}), agents::of,
            _ -> reads.incrementAndGet(), _ -> 1);
    private LocalPostgres postgres;
    private Notifications notifications;

    @BeforeEach
    void listen() throws Exception {
        postgres = LocalPostgres.shared();
        notifications = new Notifications(() -> {
            var connection = postgres.connect();
            connections.add(connection);
            return connection;
        }, List.of(changes));
        notifications.start();
        awaitTold();
    }

    @AfterEach
    void stop() {
        notifications.close();
    }

    @Test
    void aCommittedChangeIsSeenWithinASecondAndOneThatIsRolledBackNever() throws SQLException {
        assertThat(shelf.read("ada").value()).isEqualTo(1);
        try (var strapi = postgres.connect()) {
            strapi.setAutoCommit(false);
            announce(strapi);
            strapi.rollback();
            announce(strapi);
            assertThat(shelf.read("ada").value()).as("not committed").isEqualTo(1);
            var generation = agents.of("ada");

            strapi.commit();

            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> agents.of("ada") == generation + 1);
        }
        assertThat(shelf.read("ada").value()).isEqualTo(2);
    }

    @Test
    void whatIsRememberedLastsWhileTheConnectionDoes() {
        shelf.read("ada");

        await().during(Duration.ofSeconds(3)).atMost(A_WHILE).until(() -> shelf.read("ada").value() == 1);
    }

    @Test
    void whatMayHaveBeenMissedIsAskedAnew() throws SQLException {
        shelf.read("ada");
        // A killed backend, seen from here.
        connections.remove().abort(Runnable::run);
        await().atMost(A_WHILE).until(() -> !connections.isEmpty());
        awaitTold();

        await().atMost(Duration.ofSeconds(3)).until(() -> shelf.read("ada").value() == 2);
        await().during(Duration.ofSeconds(3)).atMost(A_WHILE).until(() -> shelf.read("ada").value() == 2);
    }

    private void awaitTold() {
        await().atMost(A_WHILE).until(() -> {
            var now = System.nanoTime();
            return changes.lifetime(now, now).equals(LIMITS.fresh());
        });
    }

    private static void announce(Connection strapi) throws SQLException {
        try (var statement = strapi.createStatement()) {
            statement.execute("SELECT pg_notify('strapi_changes', 'agents:ada')");
        }
    }
}

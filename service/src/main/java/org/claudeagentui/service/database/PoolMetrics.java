package org.claudeagentui.service.database;

import com.zaxxer.hikari.HikariPoolMXBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.claudeagentui.service.wiring.Single;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

import java.util.function.ToIntFunction;

/** Figures of the connections to the database, for who watches the stack. */
@Single
final class PoolMetrics {
    void register(@Observes @Initialized(ApplicationScoped.class) Object started, MetricRegistry registry, Database database) {
        var connections = described("db_pool_connections", "Connections to the database, by what they are doing");
        gauge(registry, connections, database, HikariPoolMXBean::getActiveConnections, new Tag("state", "used"));
        gauge(registry, connections, database, HikariPoolMXBean::getIdleConnections, new Tag("state", "idle"));
        gauge(registry, described("db_pool_waiting", "Threads that wait for a connection to the database"), database,
                HikariPoolMXBean::getThreadsAwaitingConnection);
        registry.gauge(described("db_pool_connections_limit", "How many connections to the database there can be"), database,
                Database::mostConnections);
    }

    private static void gauge(MetricRegistry registry, Metadata metadata, Database database, ToIntFunction<HikariPoolMXBean> value,
            Tag... tags) {
        registry.gauge(metadata, database, it -> it.connections().map(pool -> value.applyAsInt(pool)).orElse(0), tags);
    }

    private static Metadata described(String name, String what) {
        return Metadata.builder().withName(name).withDescription(what).build();
    }
}

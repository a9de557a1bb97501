package org.claudeagentui.service.backups;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.claudeagentui.service.wiring.Single;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;

import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Figures of the backups for who watches the stack. Times are seconds since the epoch; 0 where there is none. */
@Single
final class BackupMetrics {
    void register(@Observes @Initialized(ApplicationScoped.class) Object started, MetricRegistry registry, BackupStates states) {
        gauge(registry, states, "backup_last_made_timestamp_seconds", "When the newest backup set was made", s -> seconds(s.latest()
                .made()));
        gauge(registry, states, "backup_last_verified_timestamp_seconds", "When the newest backup set that was verified was made",
                s -> seconds(s.latest().verified()));
        gauge(registry, states, "backup_next_due_timestamp_seconds", "When the next scheduled backup is due", s -> seconds(s.latest()
                .nextDue()));
        gauge(registry, states, "backup_failed", "1 where the last scheduled backup failed", s -> s.latest().failed() ? 1 : 0);
        gauge(registry, states, "backup_missed", "1 where a scheduled backup was not made in time", s -> s.missed() ? 1 : 0);
    }

    private static void gauge(MetricRegistry registry, BackupStates states, String name, String what,
            ToDoubleFunction<BackupStates> value) {
        var metadata = Metadata.builder().withName(name).withDescription(what).withUnit(MetricUnits.NONE).build();
        registry.gauge(metadata, states, value::applyAsDouble);
    }

    private static double seconds(Optional<Instant> at) {
        return at.map(Instant::getEpochSecond).orElse(0L);
    }
}

package org.claudeagentui.service.backups;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import jakarta.inject.Inject;
import org.claudeagentui.service.database.Database;
import org.claudeagentui.service.wiring.Single;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads what the backups' worker told, at most once in a few seconds: each of its figures is asked for by itself. */
@Single
final class BackupStates {
    private static final Logger LOGGER = System.getLogger(BackupStates.class.getName());
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Database database;
    private final Clock clock = Clock.systemUTC();
    private BackupState known = BackupState.UNKNOWN;
    private Instant readAt = Instant.EPOCH;

    @Inject
    BackupStates(Database database) {
        this.database = database;
    }

    /** The latest state known: while the database is away, what it said before. */
    synchronized BackupState latest() {
        var now = clock.instant();
        if (database.ready() && readAt.plus(FRESH).isBefore(now)) {
            readAt = now;
            try {
                known = read();
            } catch (DbClientException e) {
                LOGGER.log(Level.DEBUG, "What is known of the backups can't be read now", e);
            }
        }
        return known;
    }

    boolean missed() {
        return latest().missed(clock.instant());
    }

    private BackupState read() {
        return database.client()
                .execute()
                .createGet("SELECT made, verified, next_due, failed FROM backup_state")
                .execute()
                .map(BackupStates::state)
                .orElse(BackupState.UNKNOWN);
    }

    private static BackupState state(DbRow row) {
        return new BackupState(time(row, "made"), time(row, "verified"), time(row, "next_due"), row.column("failed").get(Boolean.class));
    }

    private static Optional<Instant> time(DbRow row, String column) {
        return Optional.ofNullable(row.column(column).get(Timestamp.class)).map(Timestamp::toInstant);
    }
}

package org.claudeagentui.service.backups;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the backups' worker last told: of its sets, and of its schedule where one is in force. */
record BackupState(Optional<Instant> made, Optional<Instant> verified, Optional<Instant> nextDue, boolean failed) {
    static final BackupState UNKNOWN = new BackupState(Optional.empty(), Optional.empty(), Optional.empty(), false);
    /** As in {@code database/backup/schedule.bash}: until then another command may be in a backup's way. */
    private static final Duration GRACE = Duration.ofMinutes(15);

    boolean missed(Instant now) {
        return nextDue.filter(due -> due.plus(GRACE).isBefore(now)).isPresent();
    }
}

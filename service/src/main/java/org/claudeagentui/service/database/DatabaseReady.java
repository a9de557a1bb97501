package org.claudeagentui.service.database;

import java.util.Objects;

/**
 * Fired once, on a thread of its own, when the database was first reached and its schema is up to date.
 *
 * @param database the database
 */
public record DatabaseReady(Database database) {

    /** Refuses to be incomplete. */
    public DatabaseReady {
        Objects.requireNonNull(database, "database");
    }
}

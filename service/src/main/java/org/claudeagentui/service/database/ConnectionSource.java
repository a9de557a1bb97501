package org.claudeagentui.service.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Makes connections to the database outside of the pool, with a deadline for connecting. */
public interface ConnectionSource {

    /**
     * Makes a connection, which is the caller's to close.
     *
     * @throws SQLException if the database is away
     */
    Connection open() throws SQLException;
}

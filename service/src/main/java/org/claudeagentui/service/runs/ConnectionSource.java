package org.claudeagentui.service.runs;

import java.sql.Connection;
import java.sql.SQLException;

/** Makes connections to the journal's database outside of the pool, with a deadline for connecting. */
interface ConnectionSource {

    Connection open() throws SQLException;
}

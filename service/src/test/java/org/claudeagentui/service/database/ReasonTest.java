package org.claudeagentui.service.database;

import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.junit.jupiter.api.Test;

import java.sql.DriverManager;
import java.sql.SQLException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReasonTest {

    @Test
    void serverWithoutTlsIsSaidWithItsRemedy() throws Exception {
        var postgres = LocalPostgres.shared();
        var settings = new Settings.Database("127.0.0.1", postgres.port(), "claude_agent_ui", "express", new Secret("any"), true);

        assertThatThrownBy(() -> DriverManager.getConnection(ConnectionAddress.of(settings), "express", "any").close())
                .satisfies(refused -> assertThat(Reason.of(refused)).contains("does not support SSL").contains("DATABASE_SSL=false"));
    }

    @Test
    void wrongPasswordIsSaidWithItsRemedyHoweverDeepItLies() {
        var refused = new SQLException("FATAL: password authentication failed for user \"express\"\nDetail", "28P01");

        assertThat(Reason.of(new IllegalStateException("A pool\n-----", new SQLException("No connection", refused))))
                .isEqualTo(
                        "FATAL: password authentication failed for user \"express\" Remedy: give PostgreSQL and the service the same password "
                                + "(EXPRESS_DB_PASSWORD) and start both again.");
    }
}

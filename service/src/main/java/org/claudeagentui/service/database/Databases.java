package org.claudeagentui.service.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.claudeagentui.service.settings.Settings;

/** Makes the database's pool, which reaches out only when it is first asked. */
@ApplicationScoped
class Databases {
    private static final int MOST_CONNECTIONS = 10;

    @Produces
    @Singleton
    Database database(Settings settings) {
        var config = new HikariConfig();
        config.setPoolName("journal");
        config.setJdbcUrl(ConnectionAddress.of(settings.database()));
        config.setUsername(settings.database().username());
        config.setPassword(settings.database().password().value());
        config.setMaximumPoolSize(MOST_CONNECTIONS);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setKeepaliveTime(60_000);
        config.setMaxLifetime(1_800_000);
        config.setInitializationFailTimeout(-1);
        return new Database(new HikariDataSource(config));
    }

    void close(@Disposes Database database) {
        database.close();
    }
}

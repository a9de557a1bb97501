package org.claudeagentui.service.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.claudeagentui.service.wiring.Single;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Brings the schema up to date as soon as the database lets it, while the service already listens. */
@Single
final class Migration {
    private static final Logger LOGGER = System.getLogger(Migration.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Database database;
    private final Event<DatabaseReady> becameReady;
    private final Thread thread = Thread.ofVirtual().name("migration").unstarted(this::run);

    private volatile boolean ending;

    @Inject
    Migration(Database database, Event<DatabaseReady> becameReady) {
        this.database = database;
        this.becameReady = becameReady;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        thread.start();
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
        ending = true;
        thread.interrupt();
    }

    private void run() {
        try {
            if (migratesWhenPossible()) {
                database.becomeReady();
                becameReady.fire(new DatabaseReady(database));
            }
        } catch (InterruptedException e) {
            LOGGER.log(Level.DEBUG, "Stopped before the database was reached", e);
        }
    }

    /** Tries for as long as the service lives: until then it isn't ready, which its health check says. */
    private boolean migratesWhenPossible() throws InterruptedException {
        var pause = FIRST_PAUSE;
        var said = "";
        while (!ending) {
            var failure = failure();
            if (failure.isEmpty()) {
                return true;
            }
            if (!ending && !failure.get().equals(said)) {
                said = failure.get();
                LOGGER.log(Level.WARNING, "The database's schema can't be brought up to date yet, trying again: " + said);
            }
            Thread.sleep(pause.toMillis() / 2 + ThreadLocalRandom.current().nextLong(pause.toMillis()));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return false;
    }

    private Optional<String> failure() {
        try {
            Flyway.configure()
                    .dataSource(database.dataSource())
                    .locations("classpath:db/migration")
                    .defaultSchema("runs")
                    .connectRetries(0)
                    .lockRetryCount(10)
                    .baselineOnMigrate(false)
                    .load()
                    .migrate();
            return Optional.empty();
        } catch (FlywayException e) {
            return Optional.of(Reason.of(e));
        }
    }
}

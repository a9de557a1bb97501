package org.claudeagentui.service.database;

import jakarta.json.JsonObject;
import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DatabaseTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private static LocalPostgres postgres;

    @BeforeAll
    static void takeTheDatabaseAway() throws Exception {
        postgres = LocalPostgres.shared();
        postgres.kill();
    }

    @Test
    void serviceWaitsForItsDatabaseAndOutlivesItsOutage() throws Exception {
        try (var service = RunningService.start("DATABASE_PORT=" + postgres.port())) {
            assertThat(service.get("/health/live").status()).isEqualTo(200);
            assertThat(service.get("/health/started").status()).isEqualTo(503);
            assertThat(service.get("/api/runs").status()).isEqualTo(503);

            postgres.restart();
            awaitReadiness(service, 200, "database", "UP");
            assertThat(service.get("/health/started").status()).isEqualTo(200);
            assertThat(service.get("/api/runs").status()).isEqualTo(200);

            postgres.kill();
            awaitReadiness(service, 503, "database", "DOWN");
            service.strapi().is(Mood.AWAY);
            awaitReadiness(service, 503, "strapi", "DOWN");
            assertThat(service.get("/health/started").status()).as("started once is started").isEqualTo(200);
            assertThat(service.get("/health/live").status()).isEqualTo(200);
            service.strapi().is(Mood.WELL);

            postgres.restart();
            awaitReadiness(service, 200, "database", "UP");
            assertThat(service.get("/api/runs").status()).isEqualTo(200);
        }
    }

    private static void awaitReadiness(RunningService service, int status, String part, String state) {
        await().atMost(A_WHILE).untilAsserted(() -> {
            var ready = service.get("/health/ready");
            assertThat(ready.status()).isEqualTo(status);
            assertThat(ready.json().getJsonArray("checks").getValuesAs(JsonObject.class))
                    .filteredOn(check -> check.getString("name").equals(part))
                    .singleElement()
                    .satisfies(check -> assertThat(check.getString("status")).isEqualTo(state));
        });
    }
}

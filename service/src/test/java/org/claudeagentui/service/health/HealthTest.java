package org.claudeagentui.service.health;

import jakarta.json.JsonObject;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The database is away throughout; what it takes to have it back is tested with a real one. */
class HealthTest {
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @BeforeEach
    void strapiIsWell() {
        SERVICE.strapi().reset();
    }

    @Test
    void livenessTellsTheMode() {
        assertThat(check(SERVICE.get("/health/live"), "service").getJsonObject("data").getBoolean("demoMode")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Mood.class, mode = Mode.EXCLUDE, names = {"WELL", "TALKING_NONSENSE"})
    void readinessNamesStrapiWhileItIsAwayAndLivenessGoesOn(Mood mood) {
        SERVICE.strapi().is(mood);
        await().atMost(A_WHILE).untilAsserted(() -> {
            var ready = SERVICE.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(status(ready, "strapi")).isEqualTo("DOWN");
        });
        assertThat(SERVICE.get("/health/live").status()).isEqualTo(200);

        SERVICE.strapi().is(Mood.WELL);

        await().atMost(A_WHILE).untilAsserted(() -> assertThat(status(SERVICE.get("/health/ready"), "strapi")).isEqualTo("UP"));
    }

    @Test
    void readinessNamesTheDatabase() {
        var ready = SERVICE.get("/health/ready");

        assertThat(ready.status()).isEqualTo(503);
        assertThat(status(ready, "database")).isEqualTo("DOWN");
        assertThat(check(ready, "database").getJsonObject("data").getString("complaint")).contains("refused");
    }

    @Test
    void serviceIsNotStartedBeforeAllWasReached() {
        assertThat(SERVICE.get("/health/started").status()).isEqualTo(503);
    }

    @Test
    void manyProbesAskStrapiOnceASecond() {
        var start = System.nanoTime();
        for (var probe = 0; probe < 200; probe++) {
            SERVICE.get("/health/ready");
        }
        var seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;

        assertThat(SERVICE.strapi().requests().stream().filter("GET /_health"::equals).count()).isLessThanOrEqualTo(seconds + 1);
    }

    private static String status(Answer answer, String name) {
        return check(answer, name).getString("status");
    }

    private static JsonObject check(Answer answer, String name) {
        return answer.json()
                .getJsonArray("checks")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(check -> check.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}

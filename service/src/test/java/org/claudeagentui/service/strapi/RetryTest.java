package org.claudeagentui.service.strapi;

import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetryTest {
    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @AfterEach
    void strapiIsWell() {
        SERVICE.strapi().reset();
        SERVICE.get("/api/skills?search=well");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agents?search=hiccup", "/api/mcp-servers?search=hiccup", "/api/skills?search=hiccup"})
    void aHiccupIsNobodysProblem(String list) {
        SERVICE.strapi().cuts(2);

        assertThat(SERVICE.get(list).status()).isEqualTo(200);
    }

    @Test
    void theLookBeforeAWriteIsRepeatedAndTheWriteIsNot() {
        var address = SERVICE.send("POST", "/api/skills", "{\"name\": \"Ada\"}").header("Location");
        SERVICE.strapi().cuts(2);

        assertThat(SERVICE.send("PATCH", address, "{\"name\": \"Bob\"}").status()).isEqualTo(200);

        SERVICE.strapi().is(Mood.AWAY);
        assertThat(SERVICE.send("PUT", address, "{\"name\": \"Eve\"}").status()).isEqualTo(503);
        // The JDK's own client sends a PUT once more whose connection was cut.
        assertThat(SERVICE.strapi().requests()).filteredOn(request -> request.startsWith("PUT")).hasSizeBetween(2, 3);
    }

    @Test
    void attemptsAreBounded() {
        var attempts = new AtomicInteger();

        assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> new Retry().read(() -> {
            attempts.incrementAndGet();
            throw new StrapiException.Unavailable("away");
        }));

        assertThat(attempts).hasValue(3);
    }

    @Test
    void nobodyAsksAgainWhereThatIsNotWorthwhile() {
        var attempts = new AtomicInteger();

        assertThatExceptionOfType(StrapiException.Unavailable.class).isThrownBy(() -> new Retry(() -> false).read(() -> {
            attempts.incrementAndGet();
            throw new StrapiException.Unavailable("away");
        }));

        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatIsNotStrapisAbsenceIsToldAtOnce() {
        var attempts = new AtomicInteger();

        assertThatExceptionOfType(StrapiException.Unauthorized.class).isThrownBy(() -> new Retry().read(() -> {
            attempts.incrementAndGet();
            throw new StrapiException.Unauthorized(401);
        }));

        assertThat(attempts).hasValue(1);
    }
}

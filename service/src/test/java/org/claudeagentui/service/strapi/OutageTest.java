package org.claudeagentui.service.strapi;

import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class OutageTest {
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final String AGENT = """
            {"name": "Ada", "systemPrompt": "You add numbers."}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @AfterEach
    void strapiIsWell() {
        SERVICE.strapi().reset();
    }

    @ParameterizedTest
    @EnumSource(value = Mood.class, mode = Mode.EXCLUDE, names = "WELL")
    void requestsEndInTimeWithAProblem(Mood mood) {
        SERVICE.strapi().is(mood);
        var start = System.nanoTime();

        var answer = SERVICE.get("/api/agents");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.body()).doesNotContain("127.0.0.1", "Exception");
    }

    @Test
    void lostAnswerToAWriteIsNotRepeated() {
        SERVICE.strapi().is(Mood.AWAY);

        assertThat(SERVICE.send("POST", "/api/agents", AGENT).status()).isEqualTo(503);

        assertThat(SERVICE.strapi().requests()).filteredOn(request -> request.startsWith("POST")).hasSize(1);
    }

    @Test
    void serviceWorksAgainOnceStrapiIsBack() {
        SERVICE.strapi().is(Mood.AWAY);
        SERVICE.get("/api/agents");

        SERVICE.strapi().is(Mood.WELL);

        assertThat(SERVICE.send("POST", "/api/agents", AGENT).status()).isEqualTo(201);
    }
}

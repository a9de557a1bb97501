package org.claudeagentui.service.entries;

import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Over HTTP, while nobody tells of changes: the database is away. */
class RememberedEntriesTest {
    private static final String ADA = """
            {"name": "Ada", "systemPrompt": "You add numbers."}""";
    private static final String FILES = """
            {"name": "Files", "transport": "http", "url": "https://files.example/mcp"}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @BeforeEach
    void forgetAll() {
        SERVICE.strapi().reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agents", "/api/mcp-servers"})
    void staleAnswersSayHowOldTheyAre(String entries) {
        var id = made(entries).json().getString("id");
        var list = SERVICE.get(entries);
        var one = SERVICE.get(entries + "/" + id);
        assertThat(list.header("Age")).isEqualTo("0");
        assertThat(list.header("Cache-Status")).isEmpty();

        SERVICE.strapi().is(Mood.AWAY);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(SERVICE.get(entries)).satisfies(stale -> isStale(stale, list));
            assertThat(SERVICE.get(entries + "/" + id)).satisfies(stale -> isStale(stale, one));
        });

        SERVICE.strapi().is(Mood.WELL);

        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(SERVICE.get(entries).header("Cache-Status")).isEmpty());
    }

    private static void isStale(Answer stale, Answer before) {
        assertThat(stale.status()).isEqualTo(200);
        assertThat(stale.body()).isEqualTo(before.body());
        assertThat(stale.header("Content-Type")).isEqualTo("application/json");
        assertThat(Integer.parseInt(stale.header("Age"))).isPositive();
        assertThat(stale.header("Cache-Status")).matches("express; hit; ttl=-[1-9][0-9]*");
    }

    @Test
    void aLongAnswerIsSentInOnePiece() {
        SERVICE.send("POST", "/api/agents", """
                {"name": "Ada", "systemPrompt": "%s"}""".formatted("You add numbers. ".repeat(2_000)));

        var list = SERVICE.get("/api/agents");

        assertThat(list.header("Content-Length")).isEqualTo(String.valueOf(list.body().length()));
        assertThat(list.header("Transfer-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void noWriteIsDecidedByWhatIsRemembered(String method) {
        var address = "/api/agents/" + made("/api/agents").json().getString("id");
        SERVICE.get(address);
        SERVICE.strapi().is(Mood.AWAY);

        assertThat(SERVICE.send(method, address, ADA).status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "strapi", "stale", "none"})
    void countsWhereAnswersCameFrom(String source) {
        assertThat(SERVICE.get("/metrics", "Accept", "text/plain").body()).containsPattern("strapi_reads_total\\{[^}]*source=\"" + source
                + "\"");
    }

    private static Answer made(String entries) {
        return SERVICE.send("POST", entries, entries.endsWith("agents") ? ADA : FILES);
    }
}

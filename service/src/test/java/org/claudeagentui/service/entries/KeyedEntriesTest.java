package org.claudeagentui.service.entries;

import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Requests that make entries and bring a key, over HTTP. */
@Tag("service")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyedEntriesTest {
    private static final String ADA = """
            {"name": "Ada"}""";

    private RunningService service;
    private String key;

    @BeforeAll
    void start() throws Exception {
        service = RunningService.start("DATABASE_PORT=" + LocalPostgres.shared().port(), "DATABASE_PASSWORD=unused");
        await().atMost(Duration.ofSeconds(20)).until(() -> service.get("/health/started").status() == 200);
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @BeforeEach
    void forgetAll() {
        service.strapi().reset();
        key = UUID.randomUUID().toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/api/skills | {\"name\": \"Ada\"}",
        "/api/agents | {\"name\": \"Ada\", \"systemPrompt\": \"You add numbers.\"}",
        "/api/mcp-servers | {\"name\": \"Ada\", \"transport\": \"http\", \"url\": \"http://files.example\"}"})
    void theSameRequestIsAnsweredAsTheFirstOneWas(String entries, String body) {
        var first = send(entries, body);
        service.send("PATCH", first.header("Location"), "{\"name\": \"Bob\"}");

        var again = send(entries, body);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(again).usingRecursiveComparison().comparingOnlyFields("status", "body").isEqualTo(first);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void anotherBodyIsRefusedByTheKeysName() {
        send("/api/skills", ADA);

        var other = send("/api/skills", "{\"name\": \"Bob\"}");

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.wrongFields()).containsExactly("Idempotency-Key");
        assertThat(made()).isEqualTo(1);
    }

    @Test
    void anotherAddressHasKeysOfItsOwn() {
        send("/api/skills", ADA);

        assertThat(send("/api/agents", ADA).status()).as("the agent has no prompt").isEqualTo(422);
        assertThat(send("/api/agents", ADA).wrongFields()).containsExactly("systemPrompt");
    }

    @Test
    void aRequestThatWasRefusedOrLostMayBeSentAgain() {
        service.send("POST", "/api/skills", ADA);
        assertThat(send("/api/skills", ADA).status()).isEqualTo(409);
        service.strapi().reset();
        service.strapi().is(Mood.AWAY);
        assertThat(send("/api/skills", ADA).status()).isEqualTo(503);
        service.strapi().is(Mood.WELL);

        assertThat(send("/api/skills", ADA).status()).isEqualTo(201);
    }

    @Test
    void whatWasMadeByAServiceThatWasKilledThenIsFound() throws Exception {
        var first = send("/api/skills", ADA);
        try (var connection = LocalPostgres.shared().connect(); var statement = connection.createStatement()) {
            statement.execute("UPDATE idempotency_key SET status = NULL, location = NULL, entity_tag = NULL, body = NULL, "
                    + "claimed_until = clock_timestamp() WHERE location = '" + first.header("Location") + "'");
        }

        var again = send("/api/skills", ADA);

        assertThat(again.status()).as(again.body()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(made()).isEqualTo(2);
    }

    @Test
    void whoComesWhileTheFirstOneIsAtWorkIsToldSo() {
        service.strapi().is(Mood.HANGING);
        var first = CompletableFuture.supplyAsync(() -> send("/api/skills", ADA));
        await().atMost(Duration.ofSeconds(5)).until(() -> made() == 1);

        var second = send("/api/skills", ADA);
        service.strapi().is(Mood.WELL);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().getString("type")).endsWith(":at-work");
        assertThat(second.header("Retry-After")).isNotEmpty();
        assertThat(first).succeedsWithin(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", ""})
    void whatIsNoKeyIsRefused(String wrong) {
        key = wrong.isEmpty() ? "x".repeat(256) : wrong;

        var refused = send("/api/skills", ADA);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactly("Idempotency-Key");
        assertThat(service.strapi().requests()).isEmpty();
    }

    private Answer send(String entries, String body) {
        return service.send("POST", entries, body, "Idempotency-Key", key);
    }

    private long made() {
        return service.strapi().requests().stream().filter(request -> request.startsWith("POST")).count();
    }
}

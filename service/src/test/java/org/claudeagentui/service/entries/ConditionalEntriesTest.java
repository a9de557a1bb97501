package org.claudeagentui.service.entries;

import jakarta.json.Json;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.FakeStrapi.Mood;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What all kinds of entries have in common over HTTP: their states' tags, their filters, and what becomes of them while Strapi is away. */
class ConditionalEntriesTest {
    private static final Map<String, String> LEAST = Map.of("/api/agents", """
            {"name": "Ada", "systemPrompt": "You add numbers."}""", "/api/mcp-servers", """
            {"name": "Ada", "transport": "http", "url": "https://files.example/mcp"}""", "/api/skills", """
            {"name": "Ada"}""");
    private static final String CHANGE = """
            {"description": "Changed"}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @BeforeEach
    void forgetAll() {
        SERVICE.strapi().reset();
        // A store that failed in the test before is spared for a moment still.
        await().atMost(Duration.ofSeconds(10)).until(() -> SERVICE.get("/api/skills?search=" + UUID.randomUUID()).status() == 200);
        SERVICE.strapi().reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agents", "/api/mcp-servers", "/api/skills"})
    void everyStateHasATagOfItsOwnWhoeverTellsOfIt(String entries) {
        var made = made(entries);
        var address = made.header("Location");
        assertThat(made.header("ETag")).matches("\"[\\w-]{22}\"").isEqualTo(SERVICE.get(address).header("ETag"));

        var changed = SERVICE.send("PATCH", address, CHANGE);
        assertThat(changed.header("ETag")).isNotEqualTo(made.header("ETag")).isEqualTo(SERVICE.get(address).header("ETag"));

        var replaced = SERVICE.send("PUT", address, LEAST.get(entries));
        assertThat(replaced.header("ETag")).isNotEqualTo(changed.header("ETag")).isEqualTo(SERVICE.get(address).header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"other\", %s"})
    void whoHasTheStateIsSentNothing(String known) {
        var made = made("/api/skills");

        var again = SERVICE.get(made.header("Location"), "If-None-Match", known.formatted(made.header("ETag")));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(made.header("ETag"));
        assertThat(again.header("Age")).isNotEmpty();
        SERVICE.send("PATCH", made.header("Location"), CHANGE);
        assertThat(SERVICE.get(made.header("Location"), "If-None-Match", made.header("ETag")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/api/agents, PUT", "/api/agents, PATCH", "/api/agents, DELETE", "/api/mcp-servers, PUT", "/api/mcp-servers, PATCH",
        "/api/mcp-servers, DELETE", "/api/skills, PUT", "/api/skills, PATCH", "/api/skills, DELETE"})
    void nobodyChangesWhatTheyHaveNotSeen(String entries, String method) {
        var made = made(entries);
        var address = made.header("Location");
        var latest = SERVICE.send("PATCH", address, CHANGE);

        var refused = write(method, address, entries, made.header("ETag"));
        assertThat(refused.status()).as(refused.body()).isEqualTo(412);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.wrongFields()).containsExactly("If-Match");
        assertThat(SERVICE.get(address).body()).isEqualTo(latest.body());

        assertThat(write(method, address, entries, "W/" + latest.header("ETag")).status()).isBetween(200, 204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void whatChangesBetweenTheLookAndTheWriteStays(String method) {
        var made = made("/api/agents");
        var address = made.header("Location");
        var id = made.json().getString("id");
        SERVICE.strapi()
                .beforeWrite(() -> SERVICE.strapi()
                        .changeAgent(id, Json.createObjectBuilder()
                                .add("description",
                                        "by another")
                                .build()));

        assertThat(write(method, address, "/api/agents", made.header("ETag")).status()).isEqualTo(412);

        assertThat(SERVICE.strapi().agent(id).orElseThrow().getString("description")).isEqualTo("by another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*"})
    void aChangeOfAnyStateIsJudgedByTheStateThatItMeets(String tag) {
        var made = made("/api/agents");
        var id = made.json().getString("id");
        SERVICE.strapi().beforeWrite(() -> SERVICE.strapi().changeAgent(id, Json.createObjectBuilder().add("topP", 0.5).build()));

        var refused = change(made, tag, """
                {"temperature": 0.2}""");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder("temperature", "topP");

        SERVICE.strapi().beforeWrite(() -> SERVICE.strapi().changeAgent(id, Json.createObjectBuilder().add("topP", 0.7).build()));
        assertThat(change(made, tag, CHANGE).status()).isEqualTo(200);
        assertThat(SERVICE.strapi().agent(id).orElseThrow().getJsonNumber("topP").doubleValue()).isEqualTo(0.7);
        assertThat(SERVICE.strapi().agent(id).orElseThrow().getString("description")).isEqualTo("Changed");
    }

    @Test
    void whoIsOvertakenEachTimeIsToldToTryAgain() {
        var made = made("/api/agents");
        overtakenAlways(made.json().getString("id"));

        assertThat(change(made, "", CHANGE)).satisfies(ConditionalEntriesTest::isAway);
    }

    private static void overtakenAlways(String id) {
        SERVICE.strapi().beforeWrite(() -> {
            SERVICE.strapi().changeAgent(id, Json.createObjectBuilder().add("description", "by another").build());
            overtakenAlways(id);
        });
    }

    private static Answer change(Answer made, String tag, String change) {
        return tag.isEmpty()
                ? SERVICE.send("PATCH", made.header("Location"), change)
                : SERVICE.send("PATCH", made.header("Location"), change, "If-Match", tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void anyStateWillDoForAStar(String method) {
        var address = made("/api/skills").header("Location");

        assertThat(write(method, address, "/api/skills", "*").status()).isBetween(200, 204);
        assertThat(write(method, "/api/skills/nothing", "/api/skills", "*").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match"})
    void whatIsNoTagIsRefused(String header) {
        var address = made("/api/skills").header("Location");

        var refused = header.equals("If-Match")
                ? SERVICE.send("PATCH", address, CHANGE, header, "abc")
                : SERVICE.get(address, header,
                        "abc");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly(header);
    }

    @Test
    void listsAreNarrowedByMembersAndCountedSo() {
        SERVICE.send("POST", "/api/agents", """
                {"name": "Ada", "systemPrompt": "You add numbers.", "model": "haiku", "skills": ["s1"]}""");
        SERVICE.send("POST", "/api/agents", """
                {"name": "Bob", "systemPrompt": "You add numbers.", "model": "opus", "enabled": false, "mcpServers": ["m1"]}""");

        assertThat(SERVICE.get("/api/agents?enabled=true").texts("name")).containsExactly("Ada");
        assertThat(SERVICE.get("/api/agents?enabled=false").texts("name")).containsExactly("Bob");
        assertThat(SERVICE.get("/api/agents?model=haiku").json().getJsonObject("meta").getInt("total")).isEqualTo(1);
        assertThat(SERVICE.get("/api/agents?skills=s1").texts("name")).containsExactly("Ada");
        assertThat(SERVICE.get("/api/agents?mcpServers=m1&enabled=true").texts("name")).isEmpty();
        assertThat(SERVICE.get("/api/agents").texts("name")).containsExactly("Ada", "Bob");
    }

    @Test
    void whatAFilterIsSentIsTakenAsItIs() {
        SERVICE.send("POST", "/api/skills", """
                {"name": "Ada", "category": "a&b=c {d}+%41 ü"}""");
        SERVICE.send("POST", "/api/skills", """
                {"name": "Bob", "category": "a"}""");

        assertThat(SERVICE.get("/api/skills?category=a%26b%3Dc%20%7Bd%7D%2B%2541%20%C3%BC").texts("name")).containsExactly("Ada");
    }

    @ParameterizedTest
    @CsvSource({"/api/agents, enabled, yes", "/api/agents, enabled, ''", "/api/agents, skills, ..", "/api/agents, model, %00",
        "/api/agents, description, x", "/api/mcp-servers, transport, tcp", "/api/mcp-servers, disabled, 1", "/api/skills, category, ''"})
    void wrongFiltersAreNamed(String entries, String parameter, String value) {
        var refused = SERVICE.get(entries + "?" + parameter + "=" + value + "&page=0");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder(parameter, "page");
        assertThat(SERVICE.strapi().requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Mood.class, mode = Mode.EXCLUDE, names = {"WELL", "HANGING"})
    void aStoreThatFailsIsAProblemOfItsOwnForEveryKind(Mood mood) {
        SERVICE.strapi().is(mood);

        for (var entries : LEAST.keySet()) {
            assertThat(SERVICE.get(entries + "?search=" + mood)).satisfies(ConditionalEntriesTest::isAway);
            assertThat(SERVICE.get(entries + "/some" + mood.name().replace("_", ""))).satisfies(ConditionalEntriesTest::isAway);
            assertThat(SERVICE.send("POST", entries, LEAST.get(entries))).satisfies(ConditionalEntriesTest::isAway);
            assertThat(SERVICE.send("PUT", entries + "/some", LEAST.get(entries))).satisfies(ConditionalEntriesTest::isAway);
            assertThat(SERVICE.send("PATCH", entries + "/some", CHANGE)).satisfies(ConditionalEntriesTest::isAway);
            assertThat(SERVICE.send(SERVICE.request(entries + "/some").DELETE())).satisfies(ConditionalEntriesTest::isAway);
        }
    }

    @Test
    void aKeyIsNoUseWhileNobodyCanRememberIt() {
        var refused = SERVICE.send("POST", "/api/skills", LEAST.get("/api/skills"), "Idempotency-Key", "one");

        assertThat(refused).satisfies(ConditionalEntriesTest::isAway);
        assertThat(SERVICE.strapi().requests()).isEmpty();
    }

    private static void isAway(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.body()).doesNotContain("127.0.0.1", "Exception");
    }

    private static Answer made(String entries) {
        return SERVICE.send("POST", entries, LEAST.get(entries));
    }

    private static Answer write(String method, String address, String entries, String tag) {
        return SERVICE.send(method, address, method.equals("PUT") ? LEAST.get(entries) : CHANGE, "If-Match", tag);
    }
}

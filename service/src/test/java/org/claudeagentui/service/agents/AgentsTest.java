package org.claudeagentui.service.agents;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.StringReader;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class AgentsTest {
    private static final String WHOLE = """
            {"name": "Ada", "slug": "ada", "description": "Adds", "systemPrompt": "You add numbers.", "enabled": false, "model": "haiku",
             "temperature": 0.5, "topK": 40, "maxTokens": 1000, "thinkingBudget": 2000, "stopSequences": ["END"], "timeoutMs": 60000, "maxTurns": 7,
             "allowedTools": ["read"], "disallowedTools": ["write"], "skills": ["skill1", "skill2"], "mcpServers": ["server1"],
             "metadata": {"team": {"of": [1]}}}""";
    private static final String LEAST = """
            {"name": "Ada", "systemPrompt": "You add numbers."}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @BeforeEach
    void forgetAll() {
        SERVICE.strapi().reset();
    }

    @Test
    void createdAgentIsFoundAsItWasSent() {
        var created = SERVICE.send("POST", "/api/agents", WHOLE);

        assertThat(created.status()).isEqualTo(201);
        var found = SERVICE.get(created.header("Location"));
        assertThat(found.status()).isEqualTo(200);
        assertThat(created.header("Location")).isEqualTo("/api/agents/" + found.json().getString("id"));
        var expected = Json.createObjectBuilder(json(WHOLE))
                .add("id", found.json().getString("id"))
                .add("createdAt", "2026-01-02T03:04:05.678Z")
                .add("updatedAt", "2026-01-02T03:04:05.678Z")
                .build();
        assertThat(found.json()).isEqualTo(expected).isEqualTo(created.json());
    }

    @Test
    void unsetMembersAreAbsentAndListsEmpty() {
        var agent = SERVICE.send("POST", "/api/agents", LEAST).json();

        assertThat(agent.keySet()).containsExactlyInAnyOrder("id", "name", "systemPrompt", "enabled", "stopSequences", "allowedTools",
                "disallowedTools", "skills", "mcpServers", "metadata", "createdAt", "updatedAt");
        assertThat(agent.getBoolean("enabled")).isTrue();
    }

    @Test
    void patchChangesOnlyWhatItNames() {
        var before = SERVICE.send("POST", "/api/agents", WHOLE).json();

        var after = SERVICE.send("PATCH", address(before), """
                {"description": "Subtracts", "maxTokens": null, "skills": []}""");

        assertThat(after.status()).isEqualTo(200);
        var expected = Json.createObjectBuilder(before)
                .add("description", "Subtracts")
                .remove("maxTokens")
                .add("skills", JsonValue.EMPTY_JSON_ARRAY)
                .build();
        assertThat(after.json()).isEqualTo(expected);
    }

    @Test
    void patchOfOneMemberSendsStrapiNothingElse() {
        var id = SERVICE.strapi().keep(json("""
                {"name": "Ada", "systemPrompt": "You add numbers.", "attachments": "only Strapi knows"}"""));

        SERVICE.send("PATCH", "/api/agents/" + id, """
                {"name": "Bob"}""");

        assertThat(SERVICE.strapi().agent(id).orElseThrow().keySet()).containsExactlyInAnyOrder("documentId", "name", "systemPrompt",
                "attachments",
                "createdAt", "updatedAt");
    }

    @Test
    void putUnsetsWhatItDoesNotName() {
        var before = SERVICE.send("POST", "/api/agents", WHOLE).json();

        var after = SERVICE.send("PUT", address(before), LEAST).json();

        assertThat(after.keySet()).doesNotContain("description", "model", "temperature", "topK", "maxTokens", "thinkingBudget",
                "timeoutMs", "maxTurns");
        assertThat(after.getBoolean("enabled")).isTrue();
        assertThat(after.getJsonArray("skills")).isEmpty();
        assertThat(after.getJsonArray("mcpServers")).isEmpty();
        assertThat(after.getString("slug")).as("an address that others may have noted down").isEqualTo("ada");
    }

    @Test
    void deletedAgentIsGone() {
        var agent = SERVICE.send("POST", "/api/agents", LEAST).json();

        assertThat(SERVICE.send(SERVICE.request(address(agent)).DELETE()).status()).isEqualTo(204);
        assertThat(SERVICE.get(address(agent)).status()).isEqualTo(404);
        assertThat(SERVICE.send(SERVICE.request(address(agent)).DELETE()).status()).isEqualTo(404);
        assertThat(SERVICE.send("PATCH", address(agent), LEAST).status()).isEqualTo(404);
        assertThat(SERVICE.send("PUT", address(agent), LEAST).status()).isEqualTo(404);
    }

    @Test
    void pagesHoldEveryAgentOnceAndTheTrueTotal() {
        IntStream.range(0, 7).forEach(number -> keep("Agent " + number));

        var last = SERVICE.get("/api/agents?page=3&pageSize=3&sort=name:desc");

        assertThat(last.texts("name")).containsExactly("Agent 0");
        assertThat(last.json().getJsonObject("meta")).isEqualTo(json("""
                {"page": 3, "pageSize": 3, "total": 7}"""));
    }

    @ParameterizedTest
    @CsvSource({"{x}, %7Bx%7D", "50%, 50%25", "a+b c&d, a%2Bb%20c%26d", "Zoë%41, Zo%C3%AB%2541"})
    void searchTakesTextLiterally(String name, String encoded) {
        keep(name);
        keep("Other");

        assertThat(SERVICE.get("/api/agents?search=" + encoded).texts("name")).containsExactly(name);
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        var refused = SERVICE.send("POST", "/api/agents",
                """
                {"name": "", "systemPrompt": "short", "enabled": "yes", "model": "sonet", "temperature": 1.1, "topP": -0.1, "topK": 1.5, "maxTokens": 0,
                 "thinkingBudget": 1023, "stopSequences": [""], "timeoutMs": 999, "maxTurns": 51, "allowedTools": "all", "disallowedTools": ["a", "a"],
                 "skills": ["../admin"], "mcpServers": ["../admin"], "metadata": [], "slug": "a b", "description": 1, "documentId": "mine"}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).contains("name", "slug", "description", "systemPrompt", "enabled", "model", "temperature", "topP",
                "topK",
                "maxTokens", "thinkingBudget", "stopSequences", "timeoutMs", "maxTurns", "allowedTools", "disallowedTools", "skills",
                "mcpServers",
                "metadata",
                "documentId");
        assertThat(SERVICE.strapi().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"name, 100", "description, 2000", "systemPrompt, 50000"})
    void longestTextsAreTakenAndLongerOnesNot(String member, int most) {
        assertThat(SERVICE.send("POST", "/api/agents", with(member, "x".repeat(most))).status()).isEqualTo(201);
        assertThat(SERVICE.send("POST", "/api/agents", with(member, "x".repeat(most + 1))).wrongFields()).containsExactly(member);
    }

    @Test
    void whatPostgresCannotStoreIsRefused() {
        assertThat(SERVICE.send("POST", "/api/agents", with("description", "a\0b")).wrongFields()).containsExactly("description");
        assertThat(SERVICE.send("POST", "/api/agents", """
                {"name": "Ada", "systemPrompt": "You add numbers.", "metadata": {"a": ["\\u0000"]}}""").wrongFields()).containsExactly(
                "metadata");
        assertThat(SERVICE.get("/api/agents?search=%00").wrongFields()).containsExactly("search");
    }

    @Test
    void temperatureAndTopPTogetherAreRefusedWhereverTheFirstOneStands() {
        assertThat(SERVICE.send("POST", "/api/agents", """
                {"name": "Ada", "systemPrompt": "You add numbers.", "temperature": 0.5, "topP": 0.5}""").wrongFields())
                .containsExactly("temperature", "topP");
        var agent = SERVICE.send("POST", "/api/agents", WHOLE).json();
        assertThat(SERVICE.send("PATCH", address(agent), """
                {"topP": 0.5}""").status()).isEqualTo(422);
        assertThat(SERVICE.send("PATCH", address(agent), """
                {"topP": 0.5, "temperature": null}""").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"haiku, 201", "claude-3-7-sonnet-20250219, 201", "us.anthropic.claude-sonnet-4-5-v1:0, 201", "gigantic, 422",
        "'a b-c', 422"})
    void modelIsAnAliasOrAFullId(String model, int status) {
        assertThat(SERVICE.send("POST", "/api/agents", with("model", model)).status()).isEqualTo(status);
    }

    @Test
    void requiredMembersCannotBeUnset() {
        var agent = SERVICE.send("POST", "/api/agents", LEAST).json();

        assertThat(SERVICE.send("PATCH", address(agent), """
                {"name": null, "systemPrompt": null}""").wrongFields()).containsExactly("name", "systemPrompt");
    }

    @Test
    void secondAgentOfANameIsAConflict() {
        SERVICE.send("POST", "/api/agents", LEAST);

        var second = SERVICE.send("POST", "/api/agents", LEAST);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.wrongFields()).containsExactly("name");
    }

    @ParameterizedTest
    @CsvSource({"skills, mcpServers", "mcpServers, skills"})
    void whatIsNotThereIsNamed(String relation, String other) {
        assertThat(SERVICE.send("POST", "/api/agents", """
                {"name": "Ada", "systemPrompt": "You add numbers.", "%s": ["missing"], "%s": ["there"]}""".formatted(relation, other))
                .wrongFields()).containsExactly(relation);
    }

    private static void keep(String name) {
        SERVICE.strapi().keep(json(with("name", name)));
    }

    private static String with(String member, String value) {
        return Json.createObjectBuilder(json(LEAST)).add(member, value).build().toString();
    }

    private static String address(JsonObject agent) {
        return "/api/agents/" + agent.getString("id");
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

package org.claudeagentui.service.mcpservers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.StringReader;

import static org.assertj.core.api.Assertions.assertThat;

class McpServersTest {
    private static final String HTTP = """
            {"name": "Files", "description": "Reads files", "transport": "http", "url": "https://files.example:8443/mcp?a=b", "args": [],
             "headers": {"Authorization": "Bearer hush-hush"}, "env": {}, "disabled": true, "startupTimeoutMs": 500}""";
    private static final String STDIO = """
            {"name": "Local", "transport": "stdio", "command": "/opt/tools/files", "args": ["-v", "", "-v"], "env": {"TOKEN": "hush-hush", "MODE": ""}}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start("MCP_STDIO_COMMANDS=/opt/tools/files,/opt/tools/mail");

    @BeforeEach
    void forgetAll() {
        SERVICE.strapi().reset();
    }

    @Test
    void createdServerIsFoundAsItWasSentButForItsSecrets() {
        var created = SERVICE.send("POST", "/api/mcp-servers", HTTP);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/mcp-servers/" + created.json().getString("id"));
        var expected = Json.createObjectBuilder(json(HTTP))
                .remove("headers")
                .remove("env")
                .add("headerNames", Json.createArrayBuilder().add("Authorization"))
                .add("envNames", JsonValue.EMPTY_JSON_ARRAY)
                .add("id", created.json().getString("id"))
                .add("createdAt", "2026-01-02T03:04:05.678Z")
                .add("updatedAt", "2026-01-02T03:04:05.678Z")
                .build();
        assertThat(SERVICE.get(created.header("Location")).json()).isEqualTo(expected).isEqualTo(created.json());
        assertThat(created.body() + SERVICE.get("/api/mcp-servers").body()).doesNotContain("hush");
        assertThat(SERVICE.strapi().secrets(created.json().getString("id")).getJsonObject("headers")).isEqualTo(json(HTTP).getJsonObject(
                "headers"));
    }

    @Test
    void programsTakeArgumentsAndVariables() {
        var created = SERVICE.send("POST", "/api/mcp-servers", STDIO);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.json().getJsonArray("args")).isEqualTo(json(STDIO).getJsonArray("args"));
        assertThat(created.json().getJsonArray("envNames").toString()).isEqualTo("[\"TOKEN\",\"MODE\"]");
        assertThat(created.json().getBoolean("disabled")).isFalse();
    }

    @Test
    void secretsStayUntilTheyAreNamed() {
        var server = SERVICE.send("POST", "/api/mcp-servers", HTTP).json();
        String id = server.getString("id");

        assertThat(SERVICE.send("PATCH", address(server), "{\"description\": null}").json().getJsonArray("headerNames")).hasSize(1);
        var replaced = SERVICE.send("PUT", address(server), """
                {"name": "Files", "transport": "http", "url": "http://files.example/mcp"}""").json();
        assertThat(replaced.getJsonArray("headerNames")).hasSize(1);
        assertThat(replaced.keySet()).doesNotContain("description", "startupTimeoutMs");
        assertThat(replaced.getBoolean("disabled")).isFalse();
        assertThat(SERVICE.strapi().secrets(id).getJsonObject("headers")).hasSize(1);

        assertThat(SERVICE.send("PATCH", address(server), "{\"headers\": null}").json().getJsonArray("headerNames")).isEmpty();
        assertThat(SERVICE.strapi().secrets(id).getJsonObject("headers")).isEmpty();
    }

    @Test
    void deletedServerIsGone() {
        var server = SERVICE.send("POST", "/api/mcp-servers", HTTP).json();

        assertThat(SERVICE.send(SERVICE.request(address(server)).DELETE()).status()).isEqualTo(204);
        assertThat(SERVICE.get(address(server)).status()).isEqualTo(404);
        assertThat(SERVICE.get(address(server)).json().getString("detail")).contains("MCP server");
        assertThat(SERVICE.send("PATCH", address(server), "{\"disabled\": true}").status()).isEqualTo(404);
    }

    @Test
    void listsAreSortedSearchedAndCounted() {
        SERVICE.send("POST", "/api/mcp-servers", HTTP);
        SERVICE.send("POST", "/api/mcp-servers", STDIO);

        assertThat(SERVICE.get("/api/mcp-servers?sort=name:desc").texts("name")).containsExactly("Local", "Files");
        assertThat(SERVICE.get("/api/mcp-servers?search=fil").texts("name")).containsExactly("Files");
        assertThat(SERVICE.get("/api/mcp-servers?sort=url").wrongFields()).containsExactly("sort");
        assertThat(SERVICE.send("POST", "/api/mcp-servers", HTTP).status()).isEqualTo(409);
    }

    @Test
    void everyWrongFieldIsNamedAtOnceAndNoSecretQuoted() {
        var refused = SERVICE.send("POST", "/api/mcp-servers", """
                {"name": "", "description": 1, "transport": "websocket", "command": "/bin/sh", "args": "all", "url": "file:///etc/passwd",
                 "env": {"A-B": "hush"}, "headers": {"A": "hush\\nhush"}, "disabled": "yes", "startupTimeoutMs": 1, "envNames": []}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder("name", "description", "transport", "command", "args", "url", "env",
                "headers", "disabled", "startupTimeoutMs", "envNames");
        assertThat(refused.body()).doesNotContain("hush");
        assertThat(SERVICE.strapi().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://a", "http://", "http:a", "//a/mcp", "https://user:pw@a/mcp", "http://a/mcp#x", "http://a b/", ""})
    void urlIsAnHttpAddress(String url) {
        assertThat(SERVICE.send("POST", "/api/mcp-servers", with(HTTP, "url", Json.createValue(url))).wrongFields()).containsExactly("url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Mcp-Session-Id", "Bad Name", "a:b", ""})
    void headersAreOnesThatCanBeSent(String name) {
        var headers = Json.createObjectBuilder().add(name, "x").build();
        assertThat(SERVICE.send("POST", "/api/mcp-servers", with(HTTP, "headers", headers)).wrongFields()).containsExactly("headers");
        var twice = Json.createObjectBuilder().add("X-A", "x").add("x-a", "x").build();
        assertThat(SERVICE.send("POST", "/api/mcp-servers", with(HTTP, "headers", twice)).wrongFields()).containsExactly("headers");
    }

    @ParameterizedTest
    @CsvSource({"stdio, command", "http, url", "sse, url"})
    void whatATransportNeedsIsNamed(String transport, String needed) {
        assertThat(SERVICE.send("POST", "/api/mcp-servers", "{\"name\": \"A\", \"transport\": \"" + transport + "\"}").wrongFields())
                .containsExactly(needed);
        var server = SERVICE.send("POST", "/api/mcp-servers", needed.equals("url") ? HTTP : STDIO).json();
        assertThat(SERVICE.send("PATCH", address(server), "{\"" + needed + "\": null}").wrongFields()).containsExactly(needed);
    }

    private static String with(String json, String member, JsonValue value) {
        return Json.createObjectBuilder(json(json)).add(member, value).build().toString();
    }

    private static String address(JsonObject server) {
        return "/api/mcp-servers/" + server.getString("id");
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

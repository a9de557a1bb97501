package org.claudeagentui.service.web;

import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class FrontDoorTest {
    private static final String ORIGIN = "https://ui.example";
    private static final String AGENT = """
            {"name": "Ada", "systemPrompt": "You add numbers."}""";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start("CORS_ORIGIN=" + ORIGIN);

    @ParameterizedTest
    @CsvSource({"GET, /nowhere, 404", "GET, /api/nowhere, 404", "GET, /api/agents/none, 404", "GET, /api/agents/..%2F..%2Fadmin, 404",
        "PUT, /api/agents, 405", "BREW, /api/agents, 405", "GET, /api/agents?page=x, 422", "GET, /api/agents?unknown=1, 422"})
    void refusalIsAProblem(String method, String path, int status) {
        assertProblem(SERVICE.send(SERVICE.request(path).method(method, BodyPublishers.noBody())), status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{\"a\":1} {", "{\"a\":1,\"a\":2}", "{\"a\":1e99999999999}",
        "{\"a\":\"\\ud800"})
    void bodyThatIsNoJsonObjectIsRefused(String body) {
        assertProblem(SERVICE.send("POST", "/api/agents", body), 400);
    }

    @Test
    void deepNestingIsRefused() {
        assertProblem(SERVICE.send("POST", "/api/agents", "{\"a\":" + "[".repeat(100_000)), 400);
    }

    @Test
    void bodyThatIsNoUtf8IsRefused() {
        var latin1 = "{\"name\":\"Zoë\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertProblem(SERVICE.send(SERVICE.request("/api/agents", "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin1))), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense"})
    void onlyJsonBodiesAreTaken(String type) {
        assertProblem(SERVICE.send(SERVICE.request("/api/agents", "Content-Type", type).POST(BodyPublishers.ofString(AGENT))), 415);
    }

    @Test
    void bodyWithoutATypeIsRefused() {
        assertProblem(SERVICE.send(SERVICE.request("/api/agents").POST(BodyPublishers.ofString(AGENT))), 415);
    }

    @Test
    void jsonWithACharsetIsTaken() {
        assertThat(SERVICE.send("POST", "/api/agents", AGENT, "Content-Type", "application/json; charset=utf-8").status()).isEqualTo(201);
    }

    @Test
    void hugeBodyIsRefusedWhetherItsLengthIsToldOrNot() {
        var huge = ("{\"name\":\"" + "x".repeat(2_100_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertProblem(SERVICE.send(SERVICE.request("/api/agents", "Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(huge))), 413);
        assertProblem(SERVICE.send(SERVICE.request("/api/agents", "Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge)))), 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agents/%zz", "/api/agents?search=<script>", "/api/agents?search=%", "/api/{x}"})
    void addressThatIsNoneIsAProblem(String address) throws IOException {
        assertThat(raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json");
    }

    @Test
    void requestIdOfTheClientComesBack() {
        assertThat(SERVICE.get("/api/about", "X-Request-Id", "client-1.a_B").header("X-Request-Id")).isEqualTo("client-1.a_B");
    }

    @Test
    void malformedRequestIdIsReplaced() {
        var answer = SERVICE.get("/api/nowhere", "X-Request-Id", "a b\"}");

        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f-]{36}").isEqualTo(answer.json().getString("requestId"));
    }

    @Test
    void allowedOriginMayReadAnswersAndErrors() {
        assertThat(SERVICE.get("/api/about", "Origin", ORIGIN).header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(SERVICE.get("/api/nowhere", "Origin", ORIGIN).header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(SERVICE.get("/api/agents/none", "Origin", ORIGIN).header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/about", "/api/nowhere", "/openapi", "/health", "/metrics"})
    void otherOriginsMayNot(String path) {
        assertThat(SERVICE.get(path, "Origin", "https://evil.example").header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void preflightTellsWhatIsAllowed() {
        var preflight = SERVICE.request("/api/agents/a/execute", "Origin", ORIGIN, "Access-Control-Request-Method", "POST")
                .method("OPTIONS",
                        BodyPublishers.noBody());

        var answer = SERVICE.send(preflight);

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("PATCH", "DELETE");
        assertThat(answer.header("Access-Control-Allow-Headers")).contains("Content-Type", "Last-Event-ID");
    }

    @Test
    void pageOfAnotherSiteChangesNothing() {
        assertProblem(SERVICE.send("POST", "/api/agents", AGENT, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"), 403);
        assertProblem(SERVICE.send(SERVICE.request("/api/agents/none", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
                .DELETE()),
                403);
    }

    @Test
    void aboutNamesTheModels() {
        var about = SERVICE.get("/api/about").json();

        assertThat(about.getBoolean("demoMode")).isTrue();
        assertThat(about.getJsonObject("models").keySet()).containsExactly("haiku", "sonnet", "opus");
    }

    private static void assertProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().keySet()).contains("type", "title", "status", "detail", "requestId");
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json().getString("requestId")).isEqualTo(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.body()).doesNotContain("Exception", "org.claudeagentui", "\\tat ");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), SERVICE.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package org.claudeagentui.service.security;

import org.claudeagentui.service.runs.LocalPostgres;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SignInTest {
    private static final String PASSWORD = "correct horse";

    private static LocalPostgres postgres;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        postgres = LocalPostgres.shared();
        service = RunningService.start("DATABASE_PORT=" + postgres.port(), "DATABASE_USERNAME=express");
        await().atMost(Duration.ofSeconds(20)).until(() -> service.get("/health/ready").status() == 200);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
    }

    @BeforeEach
    void forget() throws SQLException {
        service.strapi().accounts().add("carol", PASSWORD, false);
        service.strapi().accounts().add("root", PASSWORD, true);
        execute("DELETE FROM sign_in_failure");
    }

    @Test
    void aSessionsCookieLetsInUntilTheUserSignsOut() {
        var answer = signIn("carol@example.org", PASSWORD);
        var cookie = cookie(answer);

        assertThat(answer.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/api").doesNotContain("Secure");
        assertThat(answer.json().getJsonObject("user").getString("role")).isEqualTo("user");
        assertThat(asking("/api/session", "Cookie", cookie).json()).isEqualTo(answer.json());
        assertThat(asking("/api/runs", "Cookie", cookie).status()).isEqualTo(200);

        assertThat(service.send(service.anonymous("/api/session", "Cookie", cookie).DELETE()).status()).isEqualTo(204);
        assertThat(asking("/api/runs", "Cookie", cookie).status()).isEqualTo(401);
    }

    @Test
    void theCookieIsForHttpsAloneWhereTheFrontDoorSaysSo() {
        assertThat(signIn("carol", PASSWORD, "X-Forwarded-Proto", "https").header("Set-Cookie")).contains("Secure");
    }

    @ParameterizedTest
    @CsvSource({"carol, wrong", "nobody, correct horse"})
    void refusesAlikeWhoeverIsNotKnownAndWhoseverPasswordIsWrong(String identifier, String password) {
        var answer = signIn(identifier, password);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().getString("detail")).isEqualTo("There is no user with this name and password, or the user is blocked.");
    }

    @Test
    void slowsDownWhoGuesses() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(signIn("carol", "guess " + attempt).status()).isEqualTo(401);
        }

        var sixth = signIn("carol", PASSWORD);

        assertThat(sixth.status()).isEqualTo(429);
        assertThat(Integer.parseInt(sixth.header("Retry-After"))).isBetween(1, 2);
        assertThat(signIn("root", PASSWORD).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(5)).until(() -> signIn("carol", PASSWORD).status() == 200);
        assertThat(signIn("carol", "guess").status()).as("a success clears the account").isEqualTo(401);
    }

    @Test
    void anotherPasswordEndsAllOtherSessions() {
        service.strapi().accounts().add("dave", PASSWORD, false);
        var first = cookie(signIn("dave", PASSWORD));
        var second = cookie(signIn("dave", PASSWORD));

        var changed = service.send(service.anonymous("/api/session/password", "Cookie", first, "Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("""
                        {"currentPassword":"%s","newPassword":"another horse"}""".formatted(PASSWORD))));

        assertThat(changed.status()).as(changed.body()).isEqualTo(204);
        assertThat(asking("/api/runs", "Cookie", first).status()).isEqualTo(200);
        assertThat(asking("/api/runs", "Cookie", second).status()).isEqualTo(401);
        assertThat(signIn("dave", PASSWORD).status()).isEqualTo(401);
        assertThat(signIn("dave", "another horse").status()).isEqualTo(200);
    }

    @Test
    void aTokenLetsInUntilItIsRevoked() {
        var cookie = cookie(signIn("carol", PASSWORD));
        var made = service.send(service.anonymous("/api/tokens", "Cookie", cookie, "Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"Laptop\",\"expiresInDays\":30}")));
        var token = made.json().getString("token");
        var id = made.json().getString("id");

        assertThat(token).startsWith("cau_");
        assertThat(asking("/api/session", "Authorization", "Bearer " + token).json().getJsonObject("user").getString("id"))
                .isEqualTo("carol");
        var listed = asking("/api/tokens", "Cookie", cookie);
        assertThat(listed.body()).contains("Laptop", id, "expiresAt").doesNotContain(token);

        assertThat(service.send(service.anonymous("/api/tokens/" + id, "Cookie", cookie).DELETE()).status()).isEqualTo(204);
        assertThat(asking("/api/session", "Authorization", "Bearer " + token).status()).isEqualTo(401);
    }

    @Test
    void aTokenRunsOut() throws SQLException {
        execute("""
                INSERT INTO api_token (hash, user_id, name, expires_at)
                VALUES ('%s', 'carol', 'old', clock_timestamp() - interval '1 s')""".formatted(RandomText.hash("cau_old")));

        assertThat(asking("/api/session", "Authorization", "Bearer cau_old").status()).isEqualTo(401);
    }

    @Test
    void whatAnotherReplicaOrTheOperatorRevokesLetsNobodyIn() throws SQLException {
        execute("INSERT INTO api_token (hash, user_id, name) VALUES ('%s', 'carol', 'x')".formatted(RandomText.hash("cau_elsewhere")));
        assertThat(asking("/api/session", "Authorization", "Bearer cau_elsewhere").status()).isEqualTo(200);

        execute("WITH gone AS (DELETE FROM api_token WHERE hash = '%s' RETURNING id) SELECT pg_notify('revocations', '') FROM gone"
                .formatted(RandomText.hash("cau_elsewhere")));

        await().atMost(Duration.ofSeconds(1))
                .until(() -> asking("/api/session", "Authorization", "Bearer cau_elsewhere").status() == 401);
    }

    @Test
    void aTokenMakesNoTokens() {
        assertThat(service.send("POST", "/api/tokens", "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(service.send(service.request("/api/tokens/00000000-0000-0000-0000-000000000000").DELETE()).status()).isEqualTo(403);
    }

    @Test
    void whoIsBlockedIsOutAndDoesNotGetInAgain() {
        service.strapi().accounts().add("mallory", PASSWORD, false);
        service.strapi().accounts().block("mallory");

        assertThat(signIn("mallory", PASSWORD).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/agents", "/api/runs", "/api/about", "/api/usage", "/api/session", "/api/tokens", "/api/nowhere",
        "/metrics",
        "/", "/health/../api/agents", "/health/%2e%2e/api/agents", "/health;/api/agents", "//api/agents", "/openapi/../api/agents",
        "/api/session/", "/health/live/../../metrics", "/observe"})
    void nobodyGetsInWithoutShowingWhoTheyAre(String path) {
        var answer = asking(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("X-Request-Id")).isEqualTo(answer.json().getString("requestId"));
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.json().getString("type")).endsWith(":not-signed-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer  ", "Bearer nonsense", "Basic YTpi", "bearer cau_" + "x", "Bearer ADMIN ADMIN"})
    void whatIsNoTokenLetsNobodyIn(String authorization) {
        assertThat(asking("/api/runs", "Authorization", authorization).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready", "/health/started", "/openapi"})
    void probesAndTheDescriptionAreForAll(String path) {
        assertThat(asking(path).status()).isEqualTo(200);
    }

    @Test
    void aPageOfAnotherOriginChangesNothingWithTheCookieThatItsRequestBrings() {
        var cookie = cookie(signIn("carol", PASSWORD));
        for (var headers : List.of(List.of("Origin", "http://localhost:9999"), List.of("Sec-Fetch-Site", "same-site"), List.of(
                "Sec-Fetch-Site",
                "cross-site"), List.of("Origin", "null"))) {
            var request = service.anonymous("/api/tokens", "Cookie", cookie, "Content-Type", "application/json")
                    .header(headers.getFirst(), headers.getLast())
                    .POST(BodyPublishers.ofString("{\"name\":\"x\"}"));
            assertThat(service.send(request).status()).as("%s", headers).isEqualTo(403);
        }
        var own = service.anonymous("/api/tokens", "Cookie", cookie, "Content-Type", "application/json", "Origin", "http://127.0.0.1:"
                + service.port()).POST(BodyPublishers.ofString("{\"name\":\"x\"}"));
        assertThat(service.send(own).status()).isEqualTo(201);
    }

    @Test
    void whoAsksForTheConnectionsEndGetsItThoughNobodyIsSignedIn() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /api/agents HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void onlyAdministratorsChangeMcpServers() {
        var server = "{\"name\":\"Weather\",\"transport\":\"http\",\"url\":\"http://127.0.0.1:1/mcp\"}";

        assertThat(service.send("POST", "/api/mcp-servers", server, "Authorization", TestUsers.User.EVE.authorization()).status())
                .isEqualTo(
                        403);
        assertThat(service.send("POST", "/api/mcp-servers", server).status()).isEqualTo(201);
        assertThat(asking("/api/mcp-servers", "Authorization", TestUsers.User.EVE.authorization()).status()).isEqualTo(200);
    }

    private static Answer signIn(String identifier, String password, String... headers) {
        return service.send(service.anonymous("/api/session", headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"identifier\":\"%s\",\"password\":\"%s\"}".formatted(identifier, password))));
    }

    private static String cookie(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.header("Set-Cookie").replaceFirst(";.*", "");
    }

    private static Answer asking(String path, String... headers) {
        return service.send(service.anonymous(path, headers).GET());
    }

    private static void execute(String statement) throws SQLException {
        try (var connection = postgres.connect(); var all = connection.createStatement()) {
            all.execute("SET search_path TO runs; " + statement);
        }
    }
}

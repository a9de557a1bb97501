package org.claudeagentui.service.mcpservers;

import jakarta.json.JsonObject;
import org.claudeagentui.service.security.TestUsers.User;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.RunningService;
import org.claudeagentui.service.tools.FakeMcpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Checks of MCP servers, over HTTP. */
class McpChecksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    private FakeMcpServer mcp;

    @BeforeEach
    void start() throws IOException {
        SERVICE.strapi().reset();
        mcp = FakeMcpServer.start();
    }

    @AfterEach
    void stop() {
        mcp.close();
    }

    @Test
    void aServerThatARunCouldUseTellsItsTools() {
        mcp.with("add", _ -> Optional.of("3"));

        JsonObject check = check(server(mcp.url(), "\"disabled\": true")).json();

        assertThat(check.getBoolean("reachable")).isTrue();
        assertThat(check.getJsonObject("server").toString()).isEqualTo("{\"name\":\"fake\",\"version\":\"1\"}");
        assertThat(check.getString("protocolVersion")).isEqualTo("2025-06-18");
        assertThat(check.getJsonArray("tools").toString()).isEqualTo(
                "[{\"name\":\"add\",\"description\":\"Does add\",\"inputSchema\":{\"type\":\"object\"}}]");
        assertThat(check.getInt("toolsOmitted")).isZero();
        assertThat(check.getInt("tookMs")).isNotNegative();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mcp.requests()).containsExactly("initialize", "notifications/initialized", "tools/list",
                        "DELETE session-1"));
    }

    @Test
    void itIsAskedWithItsSecretsWhichNobodyIsTold() {
        mcp.with("quotes_hush-hush", _ -> Optional.empty());

        Answer answer = check(server(mcp.url(), "\"headers\": {\"Authorization\": \"Bearer hush-hush\"}"));

        assertThat(mcp.authorizations()).containsOnly("Bearer hush-hush");
        assertThat(answer.json().getJsonArray("tools").getJsonObject(0).getString("name")).isEqualTo("quotes_(secret)");
        assertThat(answer.json().getJsonArray("tools").getJsonObject(0).getString("description")).isEqualTo("Does quotes_(secret)");
        assertThat(answer.body()).doesNotContain("hush");
    }

    @Test
    void aServerThatIsAwayIsAnAnswerWithItsRemedy() throws IOException {
        JsonObject check = check(server(URI.create("http://127.0.0.1:" + freePort() + "/mcp"), "\"disabled\": false")).json();

        assertThat(check.getBoolean("reachable")).isFalse();
        assertThat(check.getJsonObject("failure").getString("detail")).isEqualTo(
                "The MCP server can't be used: no connection to it can be made.");
        assertThat(check.getJsonObject("failure").getString("remedy")).contains("url");
        assertThat(check.keySet()).containsExactlyInAnyOrder("reachable", "failure", "tookMs");
    }

    @Test
    void aServerIsGivenItsStartupTimeout() throws IOException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            JsonObject check = check(server(address(silent), "\"startupTimeoutMs\": 500")).json();

            assertThat(check.getJsonObject("failure").getString("detail")).contains("within 500 ms");
            assertThat(check.getJsonObject("failure").getString("remedy")).contains("startupTimeoutMs");
            assertThat(check.getInt("tookMs")).isBetween(500, 5_000);
        }
    }

    @Test
    void toolsThatDoNotFitAreCounted() {
        mcp.with("a" + "x".repeat(600_000), _ -> Optional.empty())
                .with("b" + "x".repeat(600_000), _ -> Optional.empty())
                .with("c", _ -> Optional.empty());

        JsonObject check = check(server(mcp.url(), "\"disabled\": false")).json();

        assertThat(check.getJsonArray("tools")).hasSize(2);
        assertThat(check.getInt("toolsOmitted")).isEqualTo(1);
    }

    @Test
    void moreThanFourAtOnceAreRefused() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String server = server(address(silent), "\"startupTimeoutMs\": 3000");
            var checks = IntStream.range(0, 4)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> check(server), Thread::startVirtualThread))
                    .toList();
            for (var _ : checks) {
                silent.accept();
            }

            Answer refused = check(server);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotEmpty();
            assertThat(checks).allSatisfy(check -> assertThat(check.join().status()).isEqualTo(200));
            assertThat(check(server(mcp.url(), "\"name\": \"Other\"")).status()).as("room again").isEqualTo(200);
        }
    }

    @Test
    void onlyAdministratorsCheckAndOnlyWhatThereIs() {
        String server = server(mcp.url(), "\"disabled\": false");

        assertThat(SERVICE.send("POST", server + "/check", "{}", "Authorization", User.EVE.authorization()).status()).isEqualTo(403);
        assertThat(mcp.requests()).isEmpty();
        assertThat(check("/api/mcp-servers/nowhere").status()).isEqualTo(404);
    }

    private static String server(URI url, String more) {
        String name = more.contains("\"name\"") ? "" : "\"name\": \"One\", ";
        Answer made = SERVICE.send("POST", "/api/mcp-servers", "{%s\"transport\": \"http\", \"url\": \"%s\", %s}".formatted(name, url,
                more));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.header("Location");
    }

    private static Answer check(String server) {
        return SERVICE.send(SERVICE.request(server + "/check").POST(BodyPublishers.noBody()));
    }

    private static URI address(ServerSocket silent) {
        return URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package org.claudeagentui.service.tools;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** Connections to MCP servers, of each kind. */
class ToolboxTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private FakeMcpServer server;
    private final Map<String, ToolServer> servers = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = FakeMcpServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void offersTheToolsOfAllItsServersAndCallsThem() throws Exception {
        long before = httpClients();
        server.with("add", input -> Optional.of("" + (input.getInt("a") + input.getInt("b"))));
        try (var other = FakeMcpServer.start().with("add", _ -> Optional.of("other"))) {
            has("one", http(server.url(), Map.of("Authorization", "Bearer hush")));
            has("two", http(other.url(), Map.of()));
            try (var toolbox = open(Set.of())) {
                assertThat(toolbox.tools(PATIENCE)).containsExactly(new Tool("one__add", "Does add", object("{\"type\":\"object\"}")),
                        new Tool("two__add", "Does add", object("{\"type\":\"object\"}")));
                assertThat(toolbox.call("one__add", object("{\"a\":1,\"b\":2}"), PATIENCE)).isEqualTo(new ToolResult("3", false));
                assertThat(toolbox.call("two__add", JsonValue.EMPTY_JSON_OBJECT, PATIENCE)).isEqualTo(new ToolResult("other", false));
                assertThat(toolbox.call("three__add", JsonValue.EMPTY_JSON_OBJECT, PATIENCE).isError()).isTrue();
            }
        }
        await().atMost(PATIENCE).until(() -> server.requests().contains("DELETE session-1"));
        assertThat(server.requests()).containsExactly("initialize", "notifications/initialized", "tools/list", "tools/call",
                "DELETE session-1");
        assertThat(server.authorizations()).containsOnly("Bearer hush");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(httpClients()).isLessThanOrEqualTo(before));
    }

    @Test
    void speaksSseToo() throws Exception {
        server.with("greet", input -> Optional.of("Hello, " + input.getString("name")));
        has("old", new ToolServer.Address(server.sseUrl(), Map.of("Authorization", "Bearer hush"), ToolServer.Protocol.SSE));
        try (var toolbox = open(Set.of())) {
            assertThat(toolbox.tools(PATIENCE)).extracting(Tool::name).containsExactly("old__greet");
            assertThat(toolbox.call("old__greet", object("{\"name\":\"Ada\"}"), PATIENCE)).isEqualTo(new ToolResult("Hello, Ada", false));
        }
        server.hungUp().get(1, TimeUnit.SECONDS);
        assertThat(server.authorizations()).containsOnly("Bearer hush");
    }

    @Test
    void startsAProgramWithNothingOfTheServicesEnvironment() throws Exception {
        Path program = program("""
                #!/bin/sh
                while read -r line; do
                  id=$(printf '%s' "$line" | sed -n 's/.*"id":"\\([^"]*\\)".*/\\1/p')
                  case "$line" in
                    *'"initialize"'*) result='{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}' ;;
                    *'"tools/list"'*) result='{"tools":[{"name":"env","inputSchema":{"type":"object"}}]}' ;;
                    *'"tools/call"'*) result='{"content":[{"type":"text","text":"'$(tr '\\0' ';' < /proc/$$/environ)$*'"}]}' ;;
                    *) continue ;;
                  esac
                  printf '{"jsonrpc":"2.0","id":"%s","result":%s}\\n' "$id" "$result"
                done
                """);
        has("local", new ToolServer.Program(program.toString(), List.of("first", "second"), Map.of("TOKEN", "hush")));
        assertThat(System.getenv()).as("what must not be handed on").containsKey("HOME");
        try (var toolbox = open(Set.of(program.toString()))) {
            assertThat(toolbox.tools(PATIENCE)).extracting(Tool::name).containsExactly("local__env");
            String text = toolbox.call("local__env", JsonValue.EMPTY_JSON_OBJECT, PATIENCE).text();
            assertThat(text).endsWith(";first second");
            assertThat(Arrays.stream(text.split(";", -1)).map(variable -> variable.split("=", 2)[0]).limit(2)).containsExactlyInAnyOrder(
                    "PATH", "TOKEN");
            assertThat(text.split(";", -1)).hasSize(3);
            assertThat(running(program)).isNotEmpty();
        }
        await().atMost(PATIENCE).until(() -> running(program).isEmpty());
    }

    @Test
    void refusesAProgramThatIsNotAllowed() {
        has("local", new ToolServer.Program("/bin/sh", List.of("-c", "touch " + directory.resolve("made")), Map.of()));

        assertThat(complaint(Set.of("/bin/true"))).contains("\"local\"", "/bin/sh", "MCP_STDIO_COMMANDS");
        assertThat(directory.resolve("made")).doesNotExist();
    }

    @Test
    void tellsWhyAProgramDidNotStartButNotItsSecrets() throws Exception {
        Path program = program("#!/bin/sh\necho \"no luck with $TOKEN\" >&2\nexit 3\n");
        has("local", new ToolServer.Program(program.toString(), List.of(), Map.of("TOKEN", "hush-hush")));

        assertThat(complaint(Set.of(program.toString()))).contains("\"local\"", "status 3", "no luck with (secret)").doesNotContain("hush");
    }

    @Test
    void tellsOfAProgramThatSpeaksNoMcp() throws Exception {
        Path program = program("#!/bin/sh\necho hello\nread -r line\n");
        has("local", new ToolServer.Program(program.toString(), List.of(), Map.of()));

        assertThat(complaint(Set.of(program.toString()))).contains("\"local\"");
    }

    @Test
    void namesAServerThatCanNotBeReached() throws Exception {
        has("well", http(server.url(), Map.of()));
        has("gone", http(URI.create("http://127.0.0.1:" + freePort() + "/mcp"), Map.of()));

        long start = System.nanoTime();
        assertThat(complaint(Set.of())).contains("\"gone\"", "no connection").doesNotContain("well");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("no need to wait for a time-out").isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void namesAnSseServerThatCanNotBeReachedAtOnce() throws Exception {
        has("gone", new ToolServer.Address(URI.create("http://127.0.0.1:" + freePort() + "/sse"), Map.of(), ToolServer.Protocol.SSE));

        long start = System.nanoTime();
        assertThat(complaint(Set.of())).contains("\"gone\"", "no connection");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void namesAServerThatTakesTooLong() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            has("slow", new ToolServer("slow", http(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp"), Map.of()), Duration
                    .ofMillis(500), false));
            assertThat(complaint(Set.of())).contains("\"slow\"", "within 500 ms");
        }
    }

    @Test
    void leavesOutWhatIsDisabledAndNamesWhatIsGone() throws Exception {
        has("off", new ToolServer("off", http(URI.create("http://127.0.0.1:1/"), Map.of()), PATIENCE, true));
        try (var toolbox = open(Set.of())) {
            assertThat(toolbox.tools(PATIENCE)).isEmpty();
        }
        var selection = new ToolSelection(List.of(new ToolSelection.Server("nowhere", "Lost")), List.of(), List.of());
        try (var toolbox = new Tools(_ -> Optional.empty(), Set.of()).open(selection)) {
            assertThatThrownBy(() -> toolbox.tools(PATIENCE)).isInstanceOf(ToolServerException.class).hasMessageContaining("\"Lost\"");
        }
    }

    @Test
    void ofAToolThatFailsTheAnswerIsAnError() throws Exception {
        server.with("failing", _ -> Optional.of("no such file"));
        has("one", http(server.url(), Map.of()));
        try (var toolbox = open(Set.of())) {
            toolbox.tools(PATIENCE);
            assertThat(toolbox.call("one__failing", JsonValue.EMPTY_JSON_OBJECT, PATIENCE)).isEqualTo(new ToolResult("no such file", true));
            server.close();
            assertThat(toolbox.call("one__failing", JsonValue.EMPTY_JSON_OBJECT, PATIENCE).isError()).isTrue();
        }
    }

    @Test
    void givesUpAToolThatTakesTooLong() throws Exception {
        server.with("hang", _ -> Optional.empty());
        has("one", http(server.url(), Map.of()));
        try (var toolbox = open(Set.of())) {
            toolbox.tools(PATIENCE);
            assertThat(toolbox.call("one__hang", JsonValue.EMPTY_JSON_OBJECT, Duration.ofMillis(300)))
                    .isEqualTo(new ToolResult("The tool failed: it gave no answer within 300 ms.", true));
        }
    }

    @Test
    void closedItLetsGoOfACallAndOfItsConnectionAtOnce() throws Exception {
        server.with("hang", _ -> Optional.empty());
        has("one", http(server.url(), Map.of()));
        var toolbox = open(Set.of());
        toolbox.tools(PATIENCE);
        var result = CompletableFuture.supplyAsync(() -> toolbox.call("one__hang", JsonValue.EMPTY_JSON_OBJECT, PATIENCE));
        await().until(() -> server.requests().contains("tools/call"));

        long start = System.nanoTime();
        toolbox.close();
        assertThat(result.get(1, TimeUnit.SECONDS).isError()).isTrue();
        assertThat(Duration.ofNanos(server.hungUp().get(5, TimeUnit.SECONDS) - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void closedItIsNotOpenedAnyMore() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            has("slow", http(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp"), Map.of()));
            var toolbox = open(Set.of());
            var waiting = CompletableFuture.supplyAsync(() -> catchThrowable(() -> toolbox.tools(PATIENCE)));
            silent.accept();
            toolbox.close();
            assertThat(waiting.get(1, TimeUnit.SECONDS)).isInstanceOfAny(CancellationException.class, ToolServerException.class);
        }
    }

    @Test
    void waitsNoLongerThanItIsTold() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            has("slow", http(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp"), Map.of()));
            try (var toolbox = open(Set.of())) {
                assertThatThrownBy(() -> toolbox.tools(Duration.ofMillis(200))).isInstanceOf(TimeoutException.class);
            }
        }
    }

    @Test
    void secretsAreInNothingThatPrints() {
        assertThat(http(server.url(), Map.of("Authorization", "hush-hush")).toString()).doesNotContain("hush");
        assertThat(new ToolServer("a", new ToolServer.Program("/x", List.of(), Map.of("A", "hush-hush")), PATIENCE, false).toString())
                .doesNotContain("hush");
        has("one", http(server.url(), Map.of("X-Key", "hush-hush\nX-Other: 1")));
        assertThat(complaint(Set.of())).contains("X-Key").doesNotContain("hush");
    }

    private void has(String name, ToolServer.Way way) {
        has(name, new ToolServer(name, way, PATIENCE, false));
    }

    private void has(String name, ToolServer one) {
        servers.put(name, one);
    }

    private Toolbox open(Set<String> programs) {
        var selection = new ToolSelection(servers.keySet().stream().map(name -> new ToolSelection.Server(name, name)).toList(), List.of(),
                List.of());
        return new Tools(id -> Optional.ofNullable(servers.get(id)), programs).open(selection);
    }

    private String complaint(Set<String> programs) {
        try (var toolbox = open(programs)) {
            return String.valueOf(catchThrowable(() -> toolbox.tools(PATIENCE)).getMessage());
        }
    }

    private Path program(String text) throws IOException {
        Path program = Files.createFile(directory.resolve("program"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(
                "rwxr-xr-x")));
        return Files.writeString(program, text);
    }

    /** Each has a thread until it is closed. */
    private static long httpClients() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().endsWith("SelectorManager")).count();
    }

    private static List<ProcessHandle> running(Path program) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(program.toString()))
                .toList();
    }

    private static ToolServer.Address http(URI url, Map<String, String> headers) {
        return new ToolServer.Address(url, headers, ToolServer.Protocol.STREAMABLE_HTTP);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

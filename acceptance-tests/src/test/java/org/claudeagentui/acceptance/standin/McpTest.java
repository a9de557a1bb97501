package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class McpTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\"}}";

    private final Running running = new Running();

    McpTest() throws IOException {
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({"2025-06-18, 2025-06-18", "2025-11-25, 2025-11-25", "1999-01-01, 2025-11-25"})
    void agreesOnAVersion(String wanted, String agreed) throws IOException {
        Running.Whole hello = running.whole(post("", INITIALIZE.formatted(wanted)));

        assertThat(hello.status()).isEqualTo(200);
        assertThat(hello.body().at("/result/protocolVersion").asText()).isEqualTo(agreed);
        assertThat(hello.body().at("/result/capabilities/tools").isObject()).isTrue();
    }

    @Test
    void aSessionLastsUntilItIsEnded() throws IOException {
        String session = session();
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"ping\"}";

        assertThat(running.whole(post(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")).status()).isEqualTo(202);
        assertThat(running.whole(post(session, ping)).body()).hasToString("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":{}}");
        assertThat(running.whole(request("GET", session, "")).status()).isEqualTo(405);
        assertThat(running.whole(request("DELETE", session, "")).status()).isEqualTo(204);
        assertThat(running.whole(post(session, ping)).status()).isEqualTo(404);
        assertThat(running.whole(request("DELETE", session, "")).status()).isEqualTo(404);
        assertThat(running.whole(post("", ping)).status()).isEqualTo(400);
    }

    @Test
    void namesItsToolsAndWhatTheyNeed() throws IOException {
        JsonNode tools = running.whole(post(session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"))
                .body()
                .at("/result/tools");

        assertThat(tools.findValuesAsText("name")).containsExactly("echo", "wait", "fail");
        assertThat(tools).allSatisfy(tool -> {
            assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.at("/inputSchema/properties").has(tool.at("/inputSchema/required/0").asText())).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "echo | {\"text\":\"Grüße\"}                  | Grüße            | false",
        "wait | {\"millis\":1}                        | Waited for 1 ms. | false",
        "wait | {\"millis\":0,\"text\":\"now\"}       | now              | false",
        "fail | {\"message\":\"no such file\"}        | no such file     | true",
        "wait | {\"millis\":120001}                   | millis must be a whole number from 0 to 120000 | true",
        "wait | {}                                    | millis is required | true",
        "echo | {\"text\":7}                          | text must be a string of at most 1048576 characters | true"})
    void itsToolsDoWhatTheySay(String tool, String arguments, String answer, boolean isError) throws IOException {
        JsonNode result = running.whole(post(session(), call(tool, arguments))).body().path("result");

        assertThat(result.at("/content/0/text").asText()).isEqualTo(answer);
        assertThat(result.path("isError").booleanValue()).isEqualTo(isError);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{                                                                                 | 400 | -32700",
        "[]                                                                                | 400 | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}                                      | 400 | -32600",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/list\"}                      | 200 | -32601",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"jump\"}} | 200 | -32602"})
    void refusesWhatItDoesNotKnow(String message, int status, int code) throws IOException {
        Running.Whole answer = running.whole(post(session(), message));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().at("/error/code").asInt()).isEqualTo(code);
        assertThat(running.control().toolCalls("")).isEmpty();
    }

    @Test
    void keepsCallsWithoutTheirSecrets() throws IOException {
        running.whole(post(session(), call("echo", "{\"text\":\"first\"}")));
        running.whole(post(session(), call("wait", "{\"millis\":300,\"text\":\"second\"}"),
                "authorization: Bearer abc\r\nx-key: geheim\r\n"));

        assertThat(running.control().toolCalls("")).extracting(RecordedToolCall::name).containsExactly("echo", "wait");
        RecordedToolCall second = running.control().toolCalls("second").getFirst();
        assertThat(second.arguments().path("millis").asInt()).isEqualTo(300);
        assertThat(second.headerNames()).contains("authorization", "x-key", "mcp-session-id");
        assertThat(second.authorization()).contains("sha256:c355dce96c1612880d11940ffdd9014d386c253e0c3652a6cd06a7226f7bd2b6");
        assertThat(second.endedAt().orElseThrow() - second.arrivedAt()).isGreaterThanOrEqualTo(Duration.ofMillis(300).toNanos());
        assertThat(second.hungUpAt()).isEmpty();
        try (RawClient client = running.connect()) {
            String told = client.send("GET /_standin/tool-calls HTTP/1.1\r\nhost: standin\r\nconnection: close\r\n\r\n").readAll().text();
            assertThat(told).contains("second").doesNotContain("abc", "geheim");
        }
    }

    @Test
    void noticesAtOnceThatAClientLeavesItsCall() throws IOException {
        String session = session();
        long left;
        try (RawClient client = running.connect()) {
            client.send(post(session, call("wait", "{\"millis\":60000}")));
            running.control().awaitToolCall("60000", call -> true, SOON);
            left = EpochNanos.now();
        }

        RecordedToolCall call = running.control().awaitToolCall("60000", each -> each.endedAt().isPresent(), SOON);
        assertThat(Duration.ofNanos(call.hungUpAt().orElseThrow() - left)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }

    @Test
    void keepsTheLatestCallsAndForgetsThemOnDemand() throws IOException {
        String session = session();
        try (RawClient client = running.connect()) {
            for (int i = 0; i < ToolCalls.LIMIT + 5; i++) {
                client.send(post(session, call("echo", "{\"text\":\"call " + i + "\"}"))).readUntil("}]");
            }
        }

        assertThat(running.control().toolCalls("")).hasSize(ToolCalls.LIMIT)
                .first()
                .satisfies(call -> assertThat(call.arguments().path("text").asText()).isEqualTo("call 5"));
        running.control().clear();
        assertThat(running.control().toolCalls("")).isEmpty();
    }

    @Test
    void keepsNoMoreThanItHasRoomFor() throws IOException {
        String session = session();
        String large = "x".repeat(900_000);
        for (int i = 0; i < 4; i++) {
            running.whole(post(session, call("echo", "{\"text\":\"" + i + large + "\"}")));
        }

        assertThat(running.control().toolCalls("")).hasSizeLessThan(4)
                .last()
                .satisfies(call -> assertThat(call.arguments().path("text").asText()).startsWith("3x"));
    }

    private String session() throws IOException {
        String head = running.whole(post("", INITIALIZE.formatted("2025-06-18"))).head();
        return head.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("mcp-session-id: "))
                .findFirst()
                .orElseThrow()
                .substring("mcp-session-id: ".length());
    }

    private static String call(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}".formatted(tool,
                arguments);
    }

    private static String post(String session, String body) {
        return request("POST", session, body);
    }

    private static String post(String session, String body, String headers) {
        return post(session, body).replaceFirst("\r\n", "\r\n" + headers);
    }

    private static String request(String method, String session, String body) {
        String header = Optional.of(session).filter(id -> !id.isEmpty()).map(id -> "mcp-session-id: " + id + "\r\n").orElse("");
        return "%s /mcp HTTP/1.1\r\nhost: standin\r\n%scontent-length: %d\r\n\r\n%s".formatted(method, header, body.getBytes(
                UTF_8).length, body);
    }
}

package org.claudeagentui.service.web;

import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.testing.RunningService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/** What is too broken for a route to see it, byte for byte. */
class BrokenRequestsTest {
    private static final String BODY = "{\"name\":\"Ada\",\"systemPrompt\":\"You add numbers.\"}";
    private static final String HIDDEN = "GET /health/live HTTP/1.1\r\nHost: hidden\r\n\r\n";

    @AutoClose
    private static final RunningService SERVICE = RunningService.start();

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/about", "GET  HTTP/1.1", "GET /api/about HTTP/2.0", "GET /api/about HTTP/1.0",
        "GET/ /api/about HTTP/1.1",
        "P\u00d6ST /api/about HTTP/1.1", "GET\u0000 /api/about HTTP/1.1", "GET ?/api/about HTTP/1.1", "nonsense"})
    void requestLineThatIsNone(String line) throws IOException {
        assertProblem(raw(line + "\r\nHost: a\r\nConnection: close\r\n\r\n"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoColon", "Space : x", " folded: x", "Host: b", "X: a\u0000b", "Content-Length: -1",
        "Content-Length: nonsense",
        "Content-Length: +5", "Accept: bytes=9-1"})
    void headerThatIsNone(String line) throws IOException {
        assertProblem(raw("GET /api/agents HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + line + "\r\n\r\n"), 400);
    }

    @Test
    void addressThatIsTooLong() throws IOException {
        assertProblem(raw("GET /api/" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 0\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding: identity\r\nContent-Length: 0",
        "Content-Length: 0\r\nContent-Length: 48", "Transfer-Encoding: gzip, chunked"})
    void requestWithTwoEndsIsRefusedAndNothingAfterItIsAnswered(String headers) throws IOException {
        var answer = raw("GET /api/about HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n\r\n0\r\n\r\n" + HIDDEN);

        assertProblem(answer, 400);
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n" + BODY, "2f;a=b\r\n" + BODY + "\r\n0\r\n\r\n", "ffffffffffffffff\r\n" + BODY, "2f\r\n{\"name\":"})
    void bodyOfChunksThatAreNone(String chunks) throws IOException {
        assertProblem(post("Transfer-Encoding: chunked", chunks), 400);
    }

    @Test
    void chunkThatIsHugeIsRefusedBeforeItIsTakenIn() throws IOException {
        assertProblem(post("Transfer-Encoding: chunked", "7fffffff\r\n" + BODY), 413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/plain\r\nContent-Length: ", "Content-Type: application/json\r\nContent-Length: "})
    void refusedBodyIsNotTakenForTheNextRequest(String headers) throws IOException {
        var answer = raw("POST /api/agents HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + HIDDEN.length() + "\r\n\r\n" + HIDDEN);

        assertThat(answer).startsWith("HTTP/1.1 4");
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void chunksThatAreNoneAreNotTakenForTheNextRequest() throws IOException {
        var answer = post("Transfer-Encoding: chunked", "2f;a=b\r\n" + BODY + "\r\n0\r\n\r\n" + HIDDEN);

        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void bodyThatEndsTooSoon() throws IOException {
        assertProblem(post("Content-Length: 500", BODY), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; q=\"", "application/json\r\nContent-Type: text/plain", "application/", ""})
    void contentTypeThatIsNone(String type) throws IOException {
        assertProblem(raw("POST /api/agents HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: " + type + "\r\nContent-Length: "
                + BODY.length() + "\r\n\r\n" + BODY), 415);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 400, 1_100, 100_000})
    void deepBody(int depth) throws IOException {
        var deep = "{\"metadata\":" + "[{\"a\":".repeat(depth / 2) + "1" + "}]".repeat(depth / 2) + "}";

        assertProblem(post("Content-Length: " + deep.length(), deep), 400);
    }

    @Test
    void bracketsInATextAreNoDepth() throws IOException {
        var body = "{\"name\":\"Deep\",\"systemPrompt\":\"" + "[{\\\"\\\\".repeat(200) + "\"}";

        assertThat(post("Content-Length: " + body.length(), body)).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void ofVeryManyWrongMembersTheFirstAreNamed() throws IOException {
        var body = IntStream.range(0, 20_000).mapToObj(at -> "\"m" + at + "\":1").collect(Collectors.joining(",", "{", "}"));
        var answer = post("Content-Length: " + body.length(), body);

        assertProblem(answer, 422);
        assertThat(answer).contains("and 19952 more").hasSizeLessThan(10_000);
    }

    @Test
    void ofALongNameTheBeginningIsTold() throws IOException {
        var body = "{\"" + "n".repeat(50_000) + "\":1}";

        assertThat(post("Content-Length: " + body.length(), body)).hasSizeLessThan(2_000).contains("n".repeat(100) + "\u00e2\u0080\u00a6");
    }

    private static String post(String length, String body) throws IOException {
        return raw("POST /api/agents HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n"
                + body);
    }

    private static void assertProblem(String answer, int status) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .containsIgnoringCase("X-Request-Id: ")
                .contains("\"type\":\"urn:claude-agent-ui:problem:", "\"title\":", "\"status\":" + status, "\"detail\":", "\"requestId\":")
                .doesNotContain("Exception");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), SERVICE.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(request.replaceFirst("Host: a\r\n", "Host: a\r\nAuthorization: " + TestUsers.User.ADMIN.authorization() + "\r\n")
                            .getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}

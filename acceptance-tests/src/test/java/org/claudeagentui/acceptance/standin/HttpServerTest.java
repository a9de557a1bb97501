package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.http.Exchange;
import org.claudeagentui.acceptance.standin.http.HttpLimits;
import org.claudeagentui.acceptance.standin.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class HttpServerTest {
    private static final HttpLimits SMALL = limits(Duration.ofSeconds(8));
    private static final HttpLimits HASTY = limits(Duration.ofMillis(500));

    private final HttpServer server = HttpServer.start(0, Optional.empty(), HttpServerTest::echo, SMALL);

    HttpServerTest() throws IOException {
    }

    private static HttpLimits limits(Duration patience) {
        return new HttpLimits(3, 1000, 2000, patience, patience, patience);
    }

    private static void echo(Exchange exchange) throws IOException, InterruptedException {
        String told = exchange.request().method() + " " + exchange.request().path() + " " + exchange.request().query() + " "
                + new String(exchange.request().body(), UTF_8);
        if (exchange.request().path().equals("/hang")) {
            exchange.begin(200, Map.of());
            exchange.pause(Duration.ofMinutes(5));
        }
        exchange.respond(200, Map.of(), told.getBytes(UTF_8));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void keepsAConnectionForRequestAfterRequest() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("GET /a%20b?x=1+2%26 HTTP/1.1\r\n\r\n").readUntil("{x=1 2&} ")).contains("200 OK", "GET /a b");
            assertThat(client.send("POST /c HTTP/1.1\r\ncontent-length: 3\r\n\r\nüx").readUntil("x")).contains("POST /c {}");
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\nconnection: close\r\n\r\n");

            assertThat(client.readAll().text()).containsSubsequence("GET /1", "GET /2", "GET /3");
        }
    }

    @Test
    void readsAChunkedBody() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /c HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\ntrailer: t\r\n\r\n");

            assertThat(client.readUntil("abc0123456789")).contains("POST /c");
        }
    }

    @Test
    void asksAHesitatingClientForItsBody() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("POST /c HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n").readUntil("HTTP/1.1 100 Continue\r\n\r\n");

            assertThat(client.send("ok").readUntil("ok")).contains("200 OK");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nonsense\\r\\n\\r\\n | 400", "GET / HTTP/2\\r\\n\\r\\n | 505",
        "GET /%zz HTTP/1.1\\r\\n\\r\\n | 400",
        "GET / HTTP/1.1\\r\\n: x\\r\\n\\r\\n | 400", "POST / HTTP/1.1\\r\\ncontent-length: x\\r\\n\\r\\n | 400",
        "POST / HTTP/1.1\\r\\ncontent-length: 2001\\r\\n\\r\\n | 413",
        "POST / HTTP/1.1\\r\\ntransfer-encoding: chunked\\r\\n\\r\\n7ff\\r\\n | 413",
        "POST / HTTP/1.1\\r\\ntransfer-encoding: chunked\\r\\n\\r\\n-1\\r\\n | 400"})
    void refusesWhatItDoesNotTake(String request, int status) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send(request.replace("\\r\\n", "\r\n")).readAll().text()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void refusesALongHead() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.send("GET / HTTP/1.1\r\nx: " + "y".repeat(1000) + "\r\n\r\n").readAll().text()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void endsARequestThatDoesNotArriveAnIdleConnectionAndAnAnswerWithoutEnd() throws IOException {
        try (HttpServer hasty = HttpServer.start(0, Optional.empty(), HttpServerTest::echo, HASTY);
                RawClient slow = new RawClient(hasty.port());
                RawClient idle = new RawClient(hasty.port());
                RawClient endless = new RawClient(hasty.port())) {
            slow.send("GET / HT");
            idle.send("GET / HTTP/1.1\r\n\r\n");
            endless.send("GET /hang HTTP/1.1\r\n\r\n");

            assertThat(slow.readAll().failure()).isPresent();
            assertThat(idle.readAll().failure()).isPresent();
            assertThat(endless.readAll().failure()).isPresent();
        }
    }

    @Test
    void turnsAwayConnectionsBeyondItsLimit() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                RawClient client = new RawClient(server.port());
                clients.add(client);
                client.send("GET / HTTP/1.1\r\n\r\n").readUntil("GET / {} ");
            }
            RawClient another = new RawClient(server.port());
            clients.add(another);

            assertThat(another.readAll().text()).startsWith("HTTP/1.1 503 ");
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }
}

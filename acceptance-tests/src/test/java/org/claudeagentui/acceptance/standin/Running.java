package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.net.URI;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A stand-in on a free port, with what a test needs to talk to it. */
final class Running implements AutoCloseable {
    private final StandIn standIn;
    private final StandinClient control;

    Running() throws IOException {
        this(StandIn.start(0));
    }

    Running(StandIn standIn) {
        this.standIn = standIn;
        this.control = new StandinClient(URI.create("http://127.0.0.1:" + standIn.port()));
    }

    StandIn standIn() {
        return standIn;
    }

    StandinClient control() {
        return control;
    }

    RawClient connect() throws IOException {
        return new RawClient(standIn.port());
    }

    /** Sends a request on a connection of its own, and reads until the answer's orderly end. */
    List<SseEvent> stream(String body) throws IOException {
        try (RawClient client = connect()) {
            RawClient.Received received = client.send(closing(RawClient.messages(body))).readAll();
            assertThat(received.head()).startsWith("HTTP/1.1 200 OK");
            assertThat(received.ended()).as("ended in order").isTrue();
            return SseEvent.parse(new String(received.body(), UTF_8));
        }
    }

    List<SseEvent> streamFor(String input) throws IOException {
        return stream("{\"model\":\"claude-test\",\"max_tokens\":1000,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                + input
                + "\"}]}");
    }

    /** Sends a request as it is, and reads the answer in one piece. */
    Whole whole(String request) throws IOException {
        try (RawClient client = connect()) {
            String text = client.send(closing(request)).readAll().text();
            int head = text.indexOf("\r\n\r\n");
            byte[] body = text.substring(head + 4).getBytes(ISO_8859_1);
            return new Whole(Integer.parseInt(text.substring(9, 12)), text.substring(0, head), Json.parse(body));
        }
    }

    private static String closing(String request) {
        return request.replaceFirst("\r\n", "\r\nconnection: close\r\n");
    }

    @Override
    public void close() throws IOException {
        control.close();
        standIn.close();
    }

    /** An answer that came with its length. */
    record Whole(int status, String head, JsonNode body) {}
}

package org.claudeagentui.service.claude;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One request to the fake model, and the means to answer it. */
public final class FakeModelCall {

    private final Socket socket;
    private final String head;
    private final JsonObject body;
    private final CompletableFuture<Long> hungUp = new CompletableFuture<>();
    private boolean chunked;
    private boolean followed;
    private boolean watched;

    private FakeModelCall(Socket socket, String head, JsonObject body) {
        this.socket = socket;
        this.head = head;
        this.body = body;
    }

    static FakeModelCall read(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        InputStream input = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("the client hung up before its request was complete");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        byte[] body = input.readNBytes(Integer.parseInt(header(text, "content-length")));
        try (var reader = Json.createReader(new ByteArrayInputStream(body))) {
            return new FakeModelCall(socket, text, reader.readObject());
        }
    }

    public String header(String name) {
        return header(head, name);
    }

    public JsonObject body() {
        return body;
    }

    /** Done, with {@link System#nanoTime()}, when the client closes or resets the connection. */
    public synchronized CompletableFuture<Long> hungUp() {
        if (!watched) {
            watched = true;
            Thread.ofVirtual().start(this::watch);
        }
        return hungUp;
    }

    /** Answers with an error. */
    public void status(int status, String answer, String... headers) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        raw("HTTP/1.1 " + status + " Whatever\r\ncontent-type: application/json\r\ncontent-length: " + bytes.length
                + "\r\nconnection: close\r\n"
                + String.join("", Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n" + answer);
    }

    /** Answers with an error, on a connection that can be used again. */
    void statusAndMore(int status, String answer) throws IOException {
        raw("HTTP/1.1 " + status + " Whatever\r\ncontent-type: application/json\r\ncontent-length: " + answer.getBytes(
                StandardCharsets.UTF_8).length + "\r\n\r\n" + answer);
        followed = true;
    }

    /** Begins to stream. */
    public FakeModelCall streaming() throws IOException {
        raw("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nconnection: close\r\n\r\n");
        return this;
    }

    /** Begins to stream on a connection that can be used again. */
    FakeModelCall streamingInChunks() throws IOException {
        raw("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n");
        chunked = true;
        followed = true;
        return this;
    }

    void endChunks() throws IOException {
        socket.getOutputStream().write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    boolean mayBeFollowed() {
        return followed;
    }

    String clientPort() {
        return "" + socket.getPort();
    }

    /** Begins an answer of a model that read that many tokens. */
    public FakeModelCall begin(int inputTokens) throws IOException {
        return event("message_start",
                """
                {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[],\
                "stop_reason":null,"usage":{"input_tokens":%d,"cache_creation_input_tokens":3,"cache_read_input_tokens":4,"output_tokens":1}}}"""
                        .formatted(inputTokens))
                .event("content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}");
    }

    public FakeModelCall text(String text) throws IOException {
        return event("content_block_delta", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
                + Json.createValue(text) + "}}");
    }

    /** Wishes to use a tool, its input in pieces. */
    public FakeModelCall toolUse(int index, String id, String name, String... input) throws IOException {
        event("content_block_start",
                "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"input\":{}}}"
                        .formatted(index, id, name));
        for (String piece : input) {
            event("content_block_delta",
                    "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":%s}}"
                            .formatted(index, Json.createValue(piece)));
        }
        return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + index + "}");
    }

    /** Ends an answer of so many tokens for a reason of its own. */
    public FakeModelCall endFor(String reason, int outputTokens) throws IOException {
        return event("message_delta",
                "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"%s\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":%d}}"
                        .formatted(reason, outputTokens))
                .event("message_stop", "{\"type\":\"message_stop\"}");
    }

    /** Ends an answer of so many tokens. */
    public FakeModelCall end(int outputTokens) throws IOException {
        return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
                .event("message_delta",
                        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":"
                                + outputTokens + "}}")
                .event("message_stop", "{\"type\":\"message_stop\"}");
    }

    public FakeModelCall event(String name, String data) throws IOException {
        return raw("event: " + name + "\ndata: " + data + "\n\n");
    }

    public FakeModelCall raw(String text) throws IOException {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    public FakeModelCall raw(byte[] bytes) throws IOException {
        if (chunked) {
            socket.getOutputStream().write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().write(bytes);
        if (chunked) {
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        socket.getOutputStream().flush();
        return this;
    }

    /** Tears the connection down the hard way. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Sends nothing but signs of life until the client gives up. */
    public void pinging() throws IOException, InterruptedException {
        while (!hungUp().isDone()) {
            event("ping", "{\"type\":\"ping\"}").pause(Duration.ofMillis(200));
        }
    }

    /** Sends nothing more until the client gives up. */
    public void stall() throws InterruptedException {
        try {
            hungUp().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the client did not give up within 30 s", e);
        }
    }

    /** Does nothing for that long, or until the client hangs up. */
    public void pause(Duration length) throws InterruptedException {
        try {
            hungUp().get(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is still there.
        }
    }

    private void watch() {
        try {
            while (socket.getInputStream().read() >= 0) {
                // Nothing more is to come: the read waits for the end.
            }
        } catch (IOException e) {
            // A reset is an end, too.
        }
        hungUp.complete(System.nanoTime());
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}

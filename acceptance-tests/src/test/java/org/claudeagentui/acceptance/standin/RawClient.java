package org.claudeagentui.acceptance.standin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** A client that sees each byte, and how a connection ends. */
final class RawClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Socket socket;

    RawClient(int port) throws IOException {
        this(new Socket(), port);
    }

    private RawClient(Socket socket, int port) throws IOException {
        this.socket = socket;
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) DEADLINE.toMillis());
        socket.setSoTimeout((int) DEADLINE.toMillis());
        socket.setTcpNoDelay(true);
    }

    /** A request that the Messages API takes. */
    static String messages(boolean stream, String input) {
        String body = "{\"model\":\"claude-test\",\"max_tokens\":1000,\"stream\":" + stream
                + ",\"messages\":[{\"role\":\"user\",\"content\":\""
                + input + "\"}]}";
        return messages(body);
    }

    static String messages(String body) {
        return "POST /v1/messages HTTP/1.1\r\nhost: standin\r\nx-api-key: test-key\r\nanthropic-version: 2023-06-01\r\n"
                + "content-type: application/json\r\ncontent-length: " + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** Everything until the connection ends. */
    Received readAll() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[4096];
        Optional<IOException> failure = Optional.empty();
        try {
            for (int length = in().read(piece); length >= 0; length = in().read(piece)) {
                bytes.write(piece, 0, length);
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        return new Received(bytes.toString(ISO_8859_1), failure);
    }

    /** Reads until the text has come; everything up to there. */
    String readUntil(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int next = in().read();
            if (next < 0) {
                throw new IOException("The connection ended before “" + text + "” came: " + seen);
            }
            seen.append((char) next);
        }
        return seen.toString();
    }

    void hangUp() throws IOException {
        socket.close();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What came before the end, one character a byte, and the error if the end was none of good order. */
    record Received(String text, Optional<IOException> failure) {
        String head() {
            return text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")));
        }

        /** The bytes of the chunks that came, whole or in part. */
        byte[] body() {
            int at = text.indexOf("\r\n\r\n") + 4;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (at < text.length()) {
                int line = text.indexOf("\r\n", at);
                if (line < 0) {
                    break;
                }
                int size = Integer.parseInt(text.substring(at, line), 16);
                int from = line + 2;
                body.writeBytes(text.substring(from, Math.min(text.length(), from + size)).getBytes(ISO_8859_1));
                at = from + size + 2;
            }
            return body.toByteArray();
        }

        List<String> chunks() {
            List<String> chunks = new ArrayList<>();
            int at = text.indexOf("\r\n\r\n") + 4;
            while (at < text.length()) {
                int line = text.indexOf("\r\n", at);
                int size = Integer.parseInt(text.substring(at, line), 16);
                chunks.add(text.substring(line + 2, line + 2 + size));
                at = line + 4 + size;
            }
            return chunks;
        }

        boolean ended() {
            return text.endsWith("0\r\n\r\n");
        }
    }
}

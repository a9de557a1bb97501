package org.claudeagentui.acceptance.standin.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

/** Frames answers as HTTP/1.1. Whatever one call frames leaves in one write. */
final class ResponseWriter {
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);
    private static final Map<Integer, String> REASONS = Map.ofEntries(Map.entry(200, "OK"), Map.entry(201, "Created"), Map.entry(202,
            "Accepted"),
            Map.entry(204, "No Content"), Map.entry(400, "Bad Request"), Map.entry(401, "Unauthorized"), Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"), Map.entry(405, "Method Not Allowed"), Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"), Map.entry(429, "Too Many Requests"), Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"), Map.entry(502, "Bad Gateway"), Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"), Map.entry(505, "HTTP Version Not Supported"), Map.entry(529, "Overloaded"));

    private final OutputStream out;

    ResponseWriter(OutputStream out) {
        this.out = out;
    }

    void whole(int status, Map<String, String> headers, byte[] body) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream(body.length + 512);
        answer.write(head(status, headers, "content-length: " + body.length));
        answer.write(body);
        send(answer.toByteArray());
    }

    byte[] chunkedHead(int status, Map<String, String> headers) {
        return head(status, headers, "transfer-encoding: chunked");
    }

    void chunk(byte[] bytes, int offset, int length) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(length + 12);
        chunk.write((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
        chunk.write(bytes, offset, length);
        chunk.write('\r');
        chunk.write('\n');
        send(chunk.toByteArray());
    }

    void lastChunk() throws IOException {
        send(LAST_CHUNK);
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private static byte[] head(int status, Map<String, String> headers, String framing) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(status).append(' ').append(REASONS.getOrDefault(status, "Status")).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append(framing).append("\r\n\r\n").toString().getBytes(ISO_8859_1);
    }
}

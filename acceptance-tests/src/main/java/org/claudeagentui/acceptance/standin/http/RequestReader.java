package org.claudeagentui.acceptance.standin.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Reads the requests of one connection, one after the other. */
final class RequestReader {
    private static final int CHUNK_LINE_BYTES = 1024;

    private final BufferedInputStream in;
    private final HttpLimits limits;
    private final boolean secure;

    RequestReader(InputStream in, HttpLimits limits, boolean secure) {
        this.in = new BufferedInputStream(in, 8192);
        this.limits = limits;
        this.secure = secure;
    }

    /** Waits for the next byte without taking it; false when the client has closed its side. */
    boolean hasNext() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next >= 0;
    }

    /** The next request, or nothing when the connection ended between two; {@code goAhead} asks a hesitating client for its body. */
    Optional<HttpRequest> next(GoAhead goAhead) throws IOException {
        if (!hasNext()) {
            return Optional.empty();
        }
        RequestHead head = RequestHead.parse(headLines());
        if (!head.chunked() && head.contentLength() > limits.bodyBytes()) {
            throw tooLarge();
        }
        if (head.expectsContinue()) {
            goAhead.send();
        }
        byte[] body = head.chunked() ? chunks() : exactly((int) head.contentLength());
        return Optional.of(new HttpRequest(head, body, secure, EpochNanos.now()));
    }

    private List<String> headLines() throws IOException {
        List<String> lines = new ArrayList<>();
        int left = limits.headBytes();
        for (String line = line(left); !line.isEmpty() || lines.isEmpty(); line = line(left)) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
            left -= line.length() + 2;
        }
        return lines;
    }

    private String line(int limit) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection ended inside a request");
            }
            if (line.size() >= limit) {
                throw new MalformedRequestException(431, "The request's head is longer than this server takes");
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            if (body.size() + size > limits.bodyBytes()) {
                throw tooLarge();
            }
            body.write(exactly(size));
            line(CHUNK_LINE_BYTES);
        }
        while (!line(CHUNK_LINE_BYTES).isEmpty()) {
            // Trailers say nothing that this server needs.
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        String size = line(CHUNK_LINE_BYTES).split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,7}")) {
            throw new MalformedRequestException(400, "A chunk's size is not a hexadecimal number");
        }
        return Integer.parseInt(size, 16);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended inside a request's body");
        }
        return bytes;
    }

    private MalformedRequestException tooLarge() {
        return new MalformedRequestException(413, "The request's body is longer than " + limits.bodyBytes() + " bytes");
    }

    /** Tells a client that sent {@code Expect: 100-continue} to send its body. */
    @FunctionalInterface
    interface GoAhead {
        void send() throws IOException;
    }
}

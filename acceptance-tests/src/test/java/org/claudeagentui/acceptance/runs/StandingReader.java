package org.claudeagentui.acceptance.runs;

import org.claudeagentui.acceptance.stack.Keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of a run's events that takes no bytes, until it is asked what had come. */
public final class StandingReader implements AutoCloseable {
    private static final int SMALL = 4096;
    private static final int PORT = 3001;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,8})\r\n");
    // A line of /proc/net/tcp: local port 3001, an established connection, bytes that the other side has not taken.
    private static final Pattern FULL_BUFFER = Pattern.compile("(?m)^ *\\d+: [0-9A-F]+:0BB9 [0-9A-F]+:[0-9A-F]{4} 01 (?!0{8})[0-9A-F]{8}:");

    private final Socket socket;

    private StandingReader(Socket socket) {
        this.socket = socket;
    }

    /** Asks the service at its container's address for a run's events. */
    public static StandingReader of(String address, String run) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.connect(new InetSocketAddress(address, PORT), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write(("GET /api/runs/%s/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + Keys.headerLine(address
                        + ":" + PORT)
                        + "\r\n").formatted(run)
                        .getBytes(StandardCharsets.US_ASCII));
        return new StandingReader(socket);
    }

    /** How many readers the service waits for, by the kernel's table of its container's connections. */
    public static long fullBuffers(String table) {
        return FULL_BUFFER.matcher(table).results().count();
    }

    /** The whole events that had come until the server gave it up. */
    public List<RunEvent> whatIsLeft() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            // Given up by a reset: what came before it counts.
            return events(bytes.toByteArray());
        }
        return events(bytes.toByteArray());
    }

    private static List<RunEvent> events(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Matcher chunk = CHUNK.matcher(text);
        int at = text.indexOf("\r\n\r\n") + 4;
        while (chunk.find(at) && chunk.start() == at) {
            int length = Integer.parseInt(chunk.group(1), 16);
            body.writeBytes(text.substring(chunk.end(), Math.min(text.length(), chunk.end() + length))
                    .getBytes(StandardCharsets.ISO_8859_1));
            at = Math.min(text.length(), chunk.end() + length + 2);
        }
        String stream = body.toString(StandardCharsets.UTF_8);
        List<RunEvent> events = new ArrayList<>();
        for (String frame : stream.substring(0, stream.lastIndexOf("\n\n") + 1).split("\n\n", -1)) {
            if (frame.contains("data: ")) {
                events.add(RunEvent.of(frame));
            }
        }
        return events;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A reader cannot be closed", e);
        }
    }
}

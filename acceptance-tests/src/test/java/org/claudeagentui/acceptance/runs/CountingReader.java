package org.claudeagentui.acceptance.runs;

import org.claudeagentui.acceptance.stack.Keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** A reader of a run's events that keeps nothing but their number and how late some of them were; cheap enough for thousands at once. */
public final class CountingReader implements AutoCloseable {
    private static final int PORT = 3001;
    private static final int SMALL = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern AT = Pattern.compile("\"type\":\"text\\.delta\",\"at\":\"([^\"]+)\"");

    private final Socket socket;
    private final DoubleStream.Builder delays = DoubleStream.builder();
    private volatile long events;
    private volatile String head = "";
    private volatile String brokenBy = "";
    private volatile boolean ended;

    private CountingReader(Socket socket) {
        this.socket = socket;
    }

    /** Follows a run from its first event on, at the address of the service's container. */
    public static CountingReader of(String address, String run) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, PORT), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream()
                .write(("GET /api/runs/%s/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n" + Keys.headerLine(address
                        + ":" + PORT)
                        + "\r\n").formatted(run)
                        .getBytes(StandardCharsets.US_ASCII));
        CountingReader reader = new CountingReader(socket);
        Thread.ofVirtual().start(reader::read);
        return reader;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), SMALL)) {
            long count = 0;
            head = String.valueOf(lines.readLine());
            for (String line = lines.readLine(); line != null && !ended; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    events = ++count;
                    note(line);
                    ended = line.contains("\"type\":\"run.completed\"");
                }
            }
        } catch (IOException e) {
            // What it has counted by then tells that events are missing.
            brokenBy = String.valueOf(e.getMessage());
        }
        ended = true;
    }

    private void note(String line) {
        Matcher at = AT.matcher(line);
        if (at.find()) {
            delays.add(Duration.between(Instant.parse(at.group(1)), Instant.now()).toNanos() / 1e6);
        }
    }

    /** How many events have come. */
    public long events() {
        return events;
    }

    /** The first line of the answer, and what broke it off, where something did. */
    public String head() {
        return brokenBy.isEmpty() ? head : head + ", " + brokenBy;
    }

    /** Whether the stream is over. */
    public boolean ended() {
        return ended;
    }

    /** From the service's time of each delta to its arrival here, in milliseconds; once the stream is over. */
    public DoubleStream delays() {
        return delays.build();
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

package org.claudeagentui.acceptance.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Sends requests as they are, each over a connection of its own, and takes all that comes back until the server closes it. Where after
 * an answer nothing more comes it closes its sending side: not before, because nginx takes that for a client that has left.
 */
public final class HostileClient {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration QUIET = Duration.ofMillis(250);

    private final int port;
    private final Duration deadline;

    /**
     * A client of a port of this machine.
     *
     * @param deadline how long a request may take until the connection's end
     */
    public HostileClient(int port, Duration deadline) {
        this.port = port;
        this.deadline = deadline;
    }

    /** Sends a request. */
    public Outcome send(HostileRequest request) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            Thread.ofVirtual().start(() -> write(socket, request));
            return outcome(received(socket), request.bodiless());
        } catch (SocketTimeoutException e) {
            return new Outcome.Hung(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Outcome.Cut();
        }
    }

    private static void write(Socket socket, HostileRequest request) {
        try {
            socket.getOutputStream().write(request.wire().getBytes(ISO_8859_1));
            if (request.unfinished()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            // The server wants no more; what it said is still read.
        }
    }

    private String received(Socket socket) throws IOException {
        long end = System.nanoTime() + deadline.toNanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[16 * 1024];
        try {
            for (int length = 0; length >= 0; length = read(socket, piece, end, bytes.size() > 0)) {
                bytes.write(piece, 0, length);
            }
        } catch (SocketTimeoutException e) {
            throw new SocketTimeoutException(beginning(bytes));
        } catch (IOException e) {
            // Reset: what came before counts.
        }
        return bytes.toString(ISO_8859_1);
    }

    private static int read(Socket socket, byte[] piece, long end, boolean answered) throws IOException {
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            try {
                socket.setSoTimeout((int) Math.max(1, Math.min(left, QUIET.toNanos()) / 1_000_000));
                return socket.getInputStream().read(piece);
            } catch (SocketTimeoutException e) {
                if (answered && !socket.isOutputShutdown()) {
                    socket.shutdownOutput();
                }
            }
        }
        throw new SocketTimeoutException();
    }

    private static String beginning(ByteArrayOutputStream bytes) {
        String text = bytes.toString(ISO_8859_1);
        return text.substring(0, Math.min(text.length(), 200));
    }

    private static Outcome outcome(String received, boolean bodiless) {
        int at = 0;
        while (received.startsWith("HTTP/1.1 1", at)) {
            at = received.indexOf("\r\n\r\n", at) + 4;
        }
        int end = received.indexOf("\r\n\r\n", at);
        if (!received.startsWith("HTTP/1.", at) || end < 0) {
            return received.isEmpty() ? new Outcome.Cut() : new Outcome.Bare();
        }
        List<String> lines = List.of(received.substring(at, end).split("\r\n", -1));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1)
                            .strip());
        }
        int status = Integer.parseInt(lines.getFirst().substring(9, 12));
        String rest = received.substring(end + 4);
        String body = bodiless ? "" : body(rest, headers);
        String after = rest.substring(Math.min(rest.length(), body.length()));
        return new Outcome.Answered(status, headers, body, after.split("HTTP/1\\.[01] [1-5]", -1).length - 1);
    }

    private static String body(String rest, Map<String, List<String>> headers) {
        if (headers.containsKey("content-length")) {
            return rest.substring(0, Math.min(rest.length(), Integer.parseInt(headers.get("content-length").getFirst())));
        }
        if (!headers.containsKey("transfer-encoding")) {
            return rest;
        }
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (at < rest.length()) {
            int line = rest.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            int size = Integer.parseInt(rest.substring(at, line), 16);
            body.append(rest, line + 2, Math.min(rest.length(), line + 2 + size));
            at = line + 4 + size;
        }
        return body.toString();
    }
}

package org.claudeagentui.acceptance.runs;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A request for a run that is sent in two halves, to a port of this machine. */
public final class SlowRequest implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket;
    private final byte[] request;
    private boolean broken;

    private SlowRequest(Socket socket, byte[] request) {
        this.socket = socket;
        this.request = request;
    }

    /** Connects; sends nothing yet. */
    public static SlowRequest forARun(int port, String agent, String input) {
        String body = JSON.createObjectNode().put("agentId", agent).put("input", input).toString();
        String head = "POST /api/runs HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s"
                .formatted(port, body.getBytes(UTF_8).length, Keys.headerLine("127.0.0.1:" + port))
                .stripTrailing();
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) ANSWER.toMillis());
            return new SlowRequest(socket, (head + END_OF_HEAD + body).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " takes no connection", e);
        }
    }

    /** Sends the head and the body's beginning. */
    public void sendHalf() {
        send(Arrays.copyOf(request, request.length - 10));
    }

    /** Sends what is left, where anybody still takes it. */
    public void sendRest() {
        send(Arrays.copyOfRange(request, request.length - 10, request.length));
    }

    private void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // That is what a client sees whose server is gone.
            broken = true;
        }
    }

    /** The answer, or nothing where the connection broke. */
    public Optional<Answer> answer() {
        if (broken || socket.isClosed()) {
            return Optional.empty();
        }
        try {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.isEmpty() ? Optional.empty() : Optional.of(parsed(answer));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Answer parsed(String answer) {
        int head = answer.indexOf(END_OF_HEAD);
        List<String> lines = answer.substring(0, head).lines().toList();
        Map<String, List<String>> headers = lines.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .collect(Collectors.groupingBy(field -> field[0], Collectors.mapping(field -> field[1], Collectors.toList())));
        return new Answer(Integer.parseInt(lines.getFirst().split(" ", 3)[1]), HttpHeaders.of(headers, (name, value) -> true), answer
                .substring(
                        head + END_OF_HEAD.length()));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

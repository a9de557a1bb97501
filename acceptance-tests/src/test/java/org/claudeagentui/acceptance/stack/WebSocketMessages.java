package org.claudeagentui.acceptance.stack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A WebSocket whose text messages are gathered as they come; waiting is for one of them, with a deadline. */
public final class WebSocketMessages implements AutoCloseable {
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private WebSocketMessages(URI address, List<String> subprotocols) {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(CONNECT_DEADLINE);
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(subprotocols.getFirst(), subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        socket = builder.buildAsync(address, new Gathering()).orTimeout(CONNECT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Connects, offering these subprotocols in their order. */
    public static WebSocketMessages connect(String address, String... subprotocols) {
        return new WebSocketMessages(URI.create(address), List.of(subprotocols));
    }

    /** Sends a text message. */
    public void send(String text) {
        socket.sendText(text, true).orTimeout(CONNECT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Waits for a message that is wanted, and gives it; those before it are dropped. */
    public String await(String what, Predicate<String> wanted, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        List<String> others = new ArrayList<>();
        try {
            while (true) {
                String message = received.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (message == null) {
                    throw new DeadlineMissedException(what, deadline, "Other messages: " + others);
                }
                if (wanted.test(message)) {
                    return message;
                }
                others.add("%.200s".formatted(message));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + what, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private final class Gathering implements WebSocket.Listener {
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                received.add(part.toString());
                part.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, data, last);
        }
    }
}

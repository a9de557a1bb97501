package org.claudeagentui.service.claude;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One answer over HTTP. The exchange hands bytes over; this turns them into events and failures. */
final class HttpModelStream implements ModelStream {

    private static final int MAX_EVENT_BYTES = 8 << 20;
    private static final int MAX_ERROR_BYTES = 64 << 10;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Exchange exchange;
    private final Duration silence;
    private final Deadline deadline;
    private final EventStreamParser parser = new EventStreamParser(MAX_EVENT_BYTES);
    private final Deque<ServerSentEvent> parsed = new ArrayDeque<>();
    private boolean headRead;
    private volatile boolean complete;

    private HttpModelStream(Exchange exchange, Duration silence, Deadline deadline) {
        this.exchange = exchange;
        this.silence = silence;
        this.deadline = deadline;
    }

    static HttpModelStream send(HttpClient http, HttpRequest request, Duration silence, Deadline deadline) {
        var exchange = new Exchange();
        CompletableFuture<HttpResponse<Exchange>> answer = http.sendAsync(request, exchange);
        exchange.answeredBy(answer);
        return new HttpModelStream(exchange, silence, deadline);
    }

    @Override
    public StreamEvent next() throws ModelException {
        if (!headRead) {
            readHead();
            headRead = true;
        }
        while (parsed.isEmpty()) {
            parsed.addAll(parser.parse(nextBytes()));
        }
        StreamEvent event = StreamEventReader.read(parsed.remove());
        complete = event instanceof StreamEvent.MessageStop;
        return event;
    }

    /** A complete answer's connection is kept for the next one, if the other side ends the answer soon. */
    @Override
    public void close() {
        if (complete) {
            exchange.drain();
            CompletableFuture.delayedExecutor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS).execute(exchange::cancel);
        } else {
            exchange.cancel();
        }
    }

    private void readHead() throws ModelException {
        HttpResponse.ResponseInfo head = switch (await()) {
            case Exchange.Signal.Head(HttpResponse.ResponseInfo info) -> info;
            case Exchange.Signal.Failed(Throwable cause) -> throw broken(cause);
            case Exchange.Signal.Bytes _,Exchange.Signal.End _ -> throw new IllegalStateException("an answer's body came before its head");
        };
        if (head.statusCode() != 200) {
            String body = readErrorBody();
            throw new ModelException(FailureReader.ofAnswer(head.statusCode(), body, head.headers().firstValue("retry-after")));
        }
        if (!head.headers().firstValue("content-type").orElse("").startsWith("text/event-stream")) {
            throw new ModelException(new ModelFailure.ProtocolViolated("The model's answer is not an event stream."));
        }
    }

    private String readErrorBody() {
        var body = new ByteArrayOutputStream();
        try {
            while (body.size() < MAX_ERROR_BYTES && await() instanceof Exchange.Signal.Bytes(List<ByteBuffer> buffers)) {
                exchange.more();
                ByteBuffer bytes = joined(buffers);
                body.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            }
        } catch (ModelException e) {
            // The status has already told what matters; its explanation is not worth another failure.
            return body.toString(StandardCharsets.UTF_8);
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private ByteBuffer nextBytes() throws ModelException {
        return switch (await()) {
            case Exchange.Signal.Bytes(List<ByteBuffer> buffers) -> {
                exchange.more();
                yield joined(buffers);
            }
            case Exchange.Signal.Failed(Throwable cause) -> throw broken(cause);
            case Exchange.Signal.End _ -> throw new ModelException(
                    new ModelFailure.ConnectionFailed("The model's answer ended before it was complete."));
            case Exchange.Signal.Head _ -> throw new IllegalStateException("an answer has two heads");
        };
    }

    private static ByteBuffer joined(List<ByteBuffer> buffers) {
        ByteBuffer all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        buffers.forEach(all::put);
        return all.flip();
    }

    private Exchange.Signal await() throws ModelException {
        Duration left = deadline.remaining();
        boolean wholeRun = left.compareTo(silence) <= 0;
        return exchange.await(wholeRun ? left : silence)
                .orElseThrow(() -> new ModelException(new ModelFailure.TimedOut(
                        wholeRun
                                ? "The model's answer was not complete in time."
                                : "The model sent nothing for " + silence.toSeconds() + " s.")));
    }

    private static ModelException broken(Throwable cause) {
        Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        ModelFailure failure = switch (root) {
            case java.net.http.HttpTimeoutException _ -> new ModelFailure.ConnectionFailed("The model API could not be reached in time.");
            case java.net.ProtocolException _ -> new ModelFailure.ProtocolViolated("The model API's answer is not HTTP.");
            case javax.net.ssl.SSLException _ -> new ModelFailure.ConnectionFailed("No trusted connection to the model API can be made: "
                    + root.getMessage());
            default -> new ModelFailure.ConnectionFailed("The connection to the model API failed: " + describe(root));
        };
        return new ModelException(failure, root);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}

package org.claudeagentui.acceptance.standin.http;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

/** One request and the writing of its answer, by one thread. */
public final class Exchange {
    /** How long what was written gets to leave before a reset throws the rest away. */
    private static final Duration SETTLE = Duration.ofMillis(20);
    private static final int COPY_BYTES = 16 * 1024;

    private enum Phase {
        WAITING, CHUNKS, ENDED
    }

    private final HttpRequest request;
    private final Connection connection;
    private final ResponseWriter out;
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private volatile Phase phase = Phase.WAITING;
    private Optional<LongConsumer> listener = Optional.empty();
    private boolean left;

    Exchange(HttpRequest request, Connection connection, ResponseWriter out) {
        this.request = request;
        this.connection = connection;
        this.out = out;
    }

    public HttpRequest request() {
        return request;
    }

    /** Whether the answer's head has been sent. */
    public boolean begun() {
        return phase != Phase.WAITING;
    }

    /** Names who is told, once and at once, that the client left before the answer's end; with the time in nanoseconds since 1970. */
    public void onHangUp(LongConsumer toTell) {
        synchronized (this) {
            if (!left) {
                listener = Optional.of(toTell);
                return;
            }
        }
        toTell.accept(EpochNanos.now());
    }

    /** Sends a whole answer. */
    public void respond(int status, Map<String, String> headers, byte[] body) throws IOException {
        expect(Phase.WAITING);
        send(() -> out.whole(status, headers, body));
        phase = Phase.ENDED;
    }

    /** Sends the head of an answer in chunks. */
    public void begin(int status, Map<String, String> headers) throws IOException {
        expect(Phase.WAITING);
        phase = Phase.CHUNKS;
        send(() -> out.send(out.chunkedHead(status, headers)));
    }

    /** Sends the head of an answer in chunks one byte at a time. */
    public void beginSlowly(int status, Map<String, String> headers, Duration perByte) throws IOException, InterruptedException {
        expect(Phase.WAITING);
        phase = Phase.CHUNKS;
        for (byte next : out.chunkedHead(status, headers)) {
            pause(perByte);
            send(() -> out.send(new byte[]{next}));
        }
    }

    /** Sends bytes of the body as one chunk, in one write. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        expect(Phase.CHUNKS);
        if (length > 0) {
            send(() -> out.chunk(bytes, offset, length));
        }
    }

    /** A stream onto the body, flushed in pieces of 16 KiB; closing it ends the answer. */
    public OutputStream stream() {
        return new BufferedOutputStream(new ChunkStream(), COPY_BYTES);
    }

    /** Sends bytes past all framing: what the client makes of them is its affair. */
    public void writeUnframed(byte[] bytes) throws IOException {
        if (connection.closing() || hungUp.getCount() == 0) {
            throw new HungUpException();
        }
        phase = Phase.CHUNKS;
        send(() -> out.send(bytes));
    }

    /** Ends an answer in chunks. */
    public void end() throws IOException {
        expect(Phase.CHUNKS);
        send(out::lastChunk);
        phase = Phase.ENDED;
    }

    /** Resets the connection, after a moment in which what was written can leave. */
    public void reset() {
        LockSupport.parkNanos(SETTLE.toNanos());
        phase = Phase.ENDED;
        connection.reset();
    }

    /** Closes the connection where the answer stands. */
    public void close() {
        phase = Phase.ENDED;
        connection.close();
    }

    /** Waits; cut short by the client's leaving. */
    public void pause(Duration duration) throws HungUpException, InterruptedException {
        if (awaitHangUp(duration)) {
            throw new HungUpException();
        }
    }

    /** Waits for the client to leave; false when it is still there after {@code limit}. */
    public boolean awaitHangUp(Duration limit) throws InterruptedException {
        return hungUp.await(limit.toNanos(), NANOSECONDS);
    }

    void hangUp() {
        Optional<LongConsumer> toTell = Optional.empty();
        synchronized (this) {
            if (!left && phase != Phase.ENDED && !connection.closing()) {
                left = true;
                toTell = listener;
            }
        }
        toTell.ifPresent(listener -> listener.accept(EpochNanos.now()));
        hungUp.countDown();
    }

    void finish() throws IOException {
        switch (phase) {
            case WAITING -> respond(500, Map.of(), new byte[0]);
            case CHUNKS -> end();
            case ENDED -> {
                // Nothing is left to say.
            }
        }
    }

    /** A write that fails tells of the client's leaving too, and now and then before the reader has seen it. */
    private void send(Sending sending) throws IOException {
        try {
            sending.send();
        } catch (IOException e) {
            if (connection.closing()) {
                throw e;
            }
            hangUp();
            throw new HungUpException(e);
        }
    }

    private void expect(Phase expected) throws HungUpException {
        if (hungUp.getCount() == 0) {
            throw new HungUpException();
        }
        if (phase != expected) {
            throw new IllegalStateException("The answer is " + phase + " and not " + expected);
        }
    }

    @FunctionalInterface
    private interface Sending {
        void send() throws IOException;
    }

    private final class ChunkStream extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            Exchange.this.write(new byte[]{(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Exchange.this.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            end();
        }
    }
}

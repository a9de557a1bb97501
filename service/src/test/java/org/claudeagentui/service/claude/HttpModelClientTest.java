package org.claudeagentui.service.claude;

import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The client's own side of an answer: deadlines and hanging up. What it makes of answers is tested with runs. */
class HttpModelClientTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int ASKERS = 16;
    private static final int QUESTIONS = 250;
    private static final ModelRequest REQUEST = new ModelRequest("m", 10, Optional.empty(), List.of(), List.of(Message.user("hi")),
            OptionalDouble
                    .empty(),
            OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());

    @Test
    void givesUpConnectingAtOnceWhenItIsClosed() throws Exception {
        try (var unreachable = new FullServer(); var client = client(unreachable.address(), LONG, LONG)) {
            var stream = client.open(REQUEST, Deadline.after(LONG));
            var next = whenNextFails(stream);
            assertThatThrownBy(() -> next.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

            long asked = System.nanoTime();
            stream.close();
            assertThat(next.get(1, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void doesNotConnectForLongerThanItMay() throws Exception {
        try (var unreachable = new FullServer(); var client = client(unreachable.address(), Duration.ofMillis(300), LONG)) {
            var stream = client.open(REQUEST, Deadline.after(LONG));
            assertThat(whenNextFails(stream).get(5, TimeUnit.SECONDS)).isInstanceOfSatisfying(ModelException.class,
                    e -> assertThat(e.failure()).isInstanceOf(ModelFailure.ConnectionFailed.class));
        }
    }

    @Test
    void failsWhenNobodyListens() throws Exception {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (var client = client(URI.create("http://127.0.0.1:" + port), LONG, LONG)) {
            assertThatThrownBy(client.open(REQUEST, Deadline.after(LONG))::next).isInstanceOfSatisfying(ModelException.class,
                    e -> assertThat(e.failure()).isInstanceOf(ModelFailure.ConnectionFailed.class));
        }
    }

    @Test
    void slowsASenderThatIsFasterThanItsReader() throws Exception {
        try (var model = FakeModel.start(); var client = client(model.address(), LONG, LONG)) {
            var sent = new CompletableFuture<Integer>();
            model.will(call -> {
                call.streaming().begin(1);
                for (int i = 0; i < 20_000; i++) {
                    call.text("x".repeat(4_000));
                    sent.obtrudeValue(i);
                }
            });
            try (var stream = client.open(REQUEST, Deadline.after(LONG))) {
                stream.next();
                FakeModelCall call = model.nextCall();
                int before;
                do {
                    before = sent.getNow(0);
                    call.pause(Duration.ofMillis(300));
                } while (sent.getNow(0) > before);
                assertThat(before).isLessThan(10_000);
            }
        }
    }

    @Test
    void keepsTheConnectionOfACompleteAnswerForTheNextOne() throws Exception {
        try (var model = FakeModel.start(); var client = client(model.address(), LONG, LONG)) {
            // The server ends its answer after the client is done with it, and when the client has noticed can't be told from outside:
            // it is given until the next poll.
            var previous = new AtomicReference<>("");
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                String port = portOf(model, client);
                return port.equals(previous.getAndSet(port));
            });
        }
    }

    @Test
    void leavesTheConnectionOfAnAnsweredRefusalToWhoeverIsGivenItNext() throws Exception {
        try (var model = FakeModel.start(); var client = client(model.address(), LONG, LONG)) {
            for (int i = 0; i < ASKERS * QUESTIONS; i++) {
                model.will(call -> call.statusAndMore(429, "{\"error\":{\"message\":\"later\"}}"));
            }
            var others = new ConcurrentLinkedQueue<String>();
            try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int asker = 0; asker < ASKERS; asker++) {
                    askers.execute(() -> {
                        for (int i = 0; i < QUESTIONS; i++) {
                            failureOf(client).filter(failure -> !(failure instanceof ModelFailure.RateLimited))
                                    .ifPresent(failure -> others.add(failure.message()));
                        }
                    });
                }
            }
            assertThat(others).isEmpty();
        }
    }

    private static Optional<ModelFailure> failureOf(HttpModelClient client) {
        try (var stream = client.open(REQUEST, Deadline.after(LONG))) {
            stream.next();
            return Optional.empty();
        } catch (ModelException e) {
            return Optional.of(e.failure());
        }
    }

    private static String portOf(FakeModel model, HttpModelClient client) throws Exception {
        var closed = new CountDownLatch(1);
        model.will(call -> {
            call.streamingInChunks().begin(1).end(1);
            closed.await(10, TimeUnit.SECONDS);
            call.endChunks();
        });
        try (var stream = client.open(REQUEST, Deadline.after(LONG))) {
            StreamEvent event;
            do {
                event = stream.next();
            } while (!(event instanceof StreamEvent.MessageStop));
        }
        closed.countDown();
        return model.nextCall().clientPort();
    }

    private static CompletableFuture<Throwable> whenNextFails(ModelStream stream) {
        var failure = new CompletableFuture<Throwable>();
        Thread.ofVirtual().start(() -> {
            try {
                stream.next();
                failure.completeExceptionally(new AssertionError("an event came"));
            } catch (ModelException | RuntimeException e) {
                failure.complete(e);
            }
        });
        return failure;
    }

    private static HttpModelClient client(URI address, Duration connect, Duration silence) throws UnusableCertificates {
        return new HttpModelClient(new Settings.Model(address, new Secret("key"), Optional.empty(), new LinkedHashMap<>()), connect,
                silence);
    }

    /** A server whose line is full: the kernel lets further connections wait. */
    private static final class FullServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> line = new ArrayList<>();

        FullServer() throws IOException {
            try {
                while (true) {
                    var socket = new Socket();
                    line.add(socket);
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
                }
            } catch (SocketTimeoutException e) {
                // Full.
            }
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : line) {
                socket.close();
            }
            server.close();
        }
    }
}

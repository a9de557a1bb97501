package org.claudeagentui.service.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import org.claudeagentui.service.settings.Settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/** A collector that keeps what it takes, and answers as a test says. */
public final class FakeCollector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpServer server;
    private final IntUnaryOperator statuses;
    private final List<ExportTraceServiceRequest> taken = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FakeCollector(HttpServer server, IntUnaryOperator statuses) {
        this.server = server;
        this.statuses = statuses;
    }

    /** One that takes everything. */
    public static FakeCollector start() throws IOException {
        return answering(_ -> 200);
    }

    /** One that answers its n-th request, from 1, with a status; 0 never answers. */
    static FakeCollector answering(IntUnaryOperator statuses) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var collector = new FakeCollector(server, statuses);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", collector::take);
        server.start();
        return collector;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Records for it; what it is told goes out when it is closed. */
    public Tracer tracer() {
        return new Tracer(new OtlpExporter(new Settings.Tracing(url(), Map.of(), "test"), "test", new TraceCounts() {
            @Override
            public void exported(int spans) {
                // Shows in what was taken.
            }

            @Override
            public void dropped(int spans) {
                throw new AssertionError(spans + " steps were dropped");
            }
        }, Duration.ofHours(1)));
    }

    /** All steps that it took. */
    public List<Span> spans() {
        return taken.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** The first step that it takes, once it has. */
    public Span first() {
        return await().atMost(PATIENCE).until(this::spans, spans -> !spans.isEmpty()).getFirst();
    }

    List<Resource> resources() {
        return taken.stream().flatMap(request -> request.getResourceSpansList().stream()).map(spans -> spans.getResource()).toList();
    }

    List<String> paths() {
        return List.copyOf(paths);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** What is told of a step, or of a resource, as text. */
    public static Map<String, String> told(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, FakeCollector::text));
    }

    private static String text(KeyValue attribute) {
        return switch (attribute.getValue().getValueCase()) {
            case STRING_VALUE -> attribute.getValue().getStringValue();
            case INT_VALUE -> "" + attribute.getValue().getIntValue();
            default -> attribute.getValue().toString();
        };
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            paths.add(exchange.getRequestURI().getPath());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            int status = statuses.applyAsInt(paths.size());
            if (status == 0) {
                closed.await();
            } else {
                if (status == 200) {
                    taken.add(request);
                }
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}

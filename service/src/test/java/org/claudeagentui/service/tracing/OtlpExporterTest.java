package org.claudeagentui.service.tracing;

import io.opentelemetry.proto.trace.v1.Status;
import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What gets to a collector, and what a collector that fails does to those who record. */
@Timeout(60)
class OtlpExporterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TraceContext CALLER = TraceContext.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").orElseThrow();

    private final AtomicInteger exported = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();

    @Test
    void stepsGetToTheCollectorWithTheirIds() throws IOException {
        try (var collector = FakeCollector.start(); var tracer = tracer(collector.url())) {
            Span request = tracer.begin("HTTP", Span.Kind.SERVER, Optional.of(CALLER))
                    .named("GET /api/agents")
                    .with("http.response.status_code", 200);
            request.part("chat", Span.Kind.CLIENT).with("gen_ai.response.finish_reasons", List.of("end_turn")).failed("overloaded").end();
            request.end();
            await().atMost(PATIENCE).until(() -> collector.spans().size() == 2);

            var inner = collector.spans().getFirst();
            var outer = collector.spans().getLast();
            assertThat(hex(outer.getTraceId().toByteArray())).isEqualTo(CALLER.traceId()).isEqualTo(hex(inner.getTraceId().toByteArray()));
            assertThat(hex(outer.getSpanId().toByteArray())).isEqualTo(request.context().spanId());
            assertThat(hex(outer.getParentSpanId().toByteArray())).isEqualTo(CALLER.spanId());
            assertThat(inner.getParentSpanId()).isEqualTo(outer.getSpanId());
            assertThat(outer.getName()).isEqualTo("GET /api/agents");
            assertThat(outer.getKind()).isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(inner.getKind()).isEqualTo(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(FakeCollector.told(outer.getAttributesList())).isEqualTo(Map.of("http.response.status_code", "200"));
            assertThat(FakeCollector.told(inner.getAttributesList())).containsEntry("error.type", "overloaded");
            assertThat(inner.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(outer.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            assertThat(FakeCollector.told(collector.resources().getFirst().getAttributesList())).containsEntry("service.name", "agents")
                    .containsEntry("service.version", "abc")
                    .containsKey("service.instance.id");
            assertThat(collector.paths()).containsOnly("/v1/traces");
            assertThat(collector.authorizations()).containsOnly("Bearer hush");
            await().atMost(PATIENCE).until(() -> exported.get() == 2);
            assertThat(dropped).hasValue(0);
        }
    }

    @Test
    void whatIsLeftIsSentInTheEnd() throws IOException {
        try (var collector = FakeCollector.start()) {
            var tracer = new Tracer(exporter(collector.url(), Duration.ofHours(1)));
            begin(tracer).end();
            tracer.close();

            assertThat(collector.first().getName()).isEqualTo("one");
        }
    }

    @Test
    void aCollectorThatHangsCostsStepsAndNoTime() throws IOException {
        try (var collector = FakeCollector.answering(_ -> 0)) {
            var tracer = tracer(collector.url());
            long start = System.nanoTime();
            for (int i = 0; i < 10_000; i++) {
                begin(tracer).end();
            }
            var recording = Duration.ofNanos(System.nanoTime() - start);
            int droppedMeanwhile = dropped.get();
            start = System.nanoTime();
            tracer.close();

            assertThat(droppedMeanwhile).isEqualTo(10_000 - Delivery.MOST_UNDER_WAY);
            assertThat(recording).isLessThan(Duration.ofSeconds(5));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void aCollectorThatIsAwayCostsStepsAndMakesRoomForLaterOnes() throws IOException {
        try (var tracer = tracer(URI.create("http://127.0.0.1:" + freePort()))) {
            begin(tracer).end();
            await().atMost(PATIENCE).until(() -> dropped.get() == 1);
            for (int i = 0; i < Delivery.MOST_UNDER_WAY; i++) {
                begin(tracer).end();
            }
            assertThat(dropped).as("until they are tried").hasValue(1);
        }
    }

    @Test
    void whatIsRefusedIsDroppedAndWhatMayPassIsTriedAgain() throws IOException {
        try (var collector = FakeCollector.answering(request -> request == 1 ? 500 : request == 2 ? 503 : 200);
                var tracer = tracer(collector.url())) {
            begin(tracer).end();
            await().atMost(PATIENCE).until(() -> dropped.get() == 1);
            begin(tracer).end();
            await().atMost(PATIENCE).until(() -> exported.get() == 1);

            assertThat(collector.paths()).hasSize(3);
            assertThat(dropped).hasValue(1);
        }
    }

    private static Span begin(Tracer tracer) {
        return tracer.begin("one", Span.Kind.INTERNAL, Optional.empty());
    }

    private Tracer tracer(URI collector) {
        return new Tracer(exporter(collector, Duration.ofMillis(50)));
    }

    private OtlpExporter exporter(URI collector, Duration every) {
        var settings = new Settings.Tracing(collector, Map.of("Authorization", new Secret("Bearer hush")), "agents");
        return new OtlpExporter(settings, "abc", new TraceCounts() {
            @Override
            public void exported(int spans) {
                exported.addAndGet(spans);
            }

            @Override
            public void dropped(int spans) {
                dropped.addAndGet(spans);
            }
        }, every);
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package org.claudeagentui.service.web;

import io.opentelemetry.proto.trace.v1.Span;
import org.claudeagentui.service.testing.RunningService;
import org.claudeagentui.service.tracing.FakeCollector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Requests as a collector sees them. */
@SuppressWarnings("NullAway.Init") // Set before all tests.
class TracedRequestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static FakeCollector collector;
    private static RunningService service;

    @BeforeAll
    static void start() throws IOException {
        collector = FakeCollector.start();
        service = RunningService.start("OTEL_EXPORTER_OTLP_ENDPOINT=" + collector.url());
    }

    @AfterAll
    static void stop() {
        service.close();
        collector.close();
    }

    @Test
    void aRequestAndWhatItAsksOfStrapiAreOneTraceWithoutTheQuery() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        service.get("/api/agents?search=private-words", "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
        await().atMost(PATIENCE).until(() -> spans(trace) == 2);

        Span request = find(trace, Span.SpanKind.SPAN_KIND_SERVER);
        Span strapi = find(trace, Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(hex(request.getParentSpanId().toByteArray())).isEqualTo("b7ad6b7169203331");
        assertThat(strapi.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(request.getName()).isEqualTo("GET /api/agents");
        assertThat(FakeCollector.told(request.getAttributesList())).containsEntry("http.request.method", "GET")
                .containsEntry("url.path", "/api/agents")
                .containsEntry("http.route", "/api/agents")
                .containsEntry("http.response.status_code", "200");
        assertThat(strapi.getName()).isEqualTo("GET /api/agents");
        assertThat(FakeCollector.told(strapi.getAttributesList())).containsEntry("http.response.status_code", "200")
                .containsEntry("server.address", service.strapi().url().getHost())
                .containsEntry("url.full", service.strapi().url() + "/api/agents");
        assertThat(request.toString() + strapi).doesNotContain("private-words", "Bearer");
    }

    @Test
    void aPathThatLeadsNowhereNamesNothing() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        service.get("/api/nowhere-" + trace, "traceparent", "00-" + trace + "-b7ad6b7169203331-01");
        await().atMost(PATIENCE).until(() -> spans(trace) == 1);

        Span request = find(trace, Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(request.getName()).isEqualTo("GET");
        assertThat(FakeCollector.told(request.getAttributesList())).containsEntry("http.response.status_code", "404")
                .doesNotContainKey("http.route");
    }

    @Test
    void probesAreNotTold() {
        String probed = UUID.randomUUID().toString().replace("-", "");
        String asked = UUID.randomUUID().toString().replace("-", "");
        service.get("/health/ready", "traceparent", "00-" + probed + "-b7ad6b7169203331-01");
        service.get("/api/nowhere", "traceparent", "00-" + asked + "-b7ad6b7169203331-01");
        await().atMost(PATIENCE).until(() -> spans(asked) == 1);

        assertThat(spans(probed)).isZero();
    }

    @Test
    void metricsCountWhatTheCollectorGot() {
        service.get("/api/nowhere");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.get("/metrics", "Accept", "text/plain").body()).containsPattern(
                        "trace_spans_total\\{[^}]*outcome=\"exported\"[^}]*} [1-9]"));
    }

    private static long spans(String trace) {
        return collector.spans().stream().filter(span -> hex(span.getTraceId().toByteArray()).equals(trace)).count();
    }

    private static Span find(String trace, Span.SpanKind kind) {
        return collector.spans()
                .stream()
                .filter(span -> hex(span.getTraceId().toByteArray()).equals(trace) && span.getKind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }
}

package org.claudeagentui.service.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.tracing.EndedSpan.Attribute;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends steps of traces to a collector by OTLP over HTTP, in batches, with a thread of its own. OpenTelemetry's SDK does it; here alone it is
 * known, so that it is not begun where there is no collector.
 */
final class OtlpExporter implements SpanExporter {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration DELIVERY = Duration.ofSeconds(10);
    private static final Duration FLUSH = Duration.ofSeconds(2);
    private static final int LONGEST_TEXT = 1_000;
    private static final int BATCH = 512;
    /** Jitter is part of it. */
    private static final RetryPolicy RETRIES = RetryPolicy.builder()
            .setMaxAttempts(3)
            .setInitialBackoff(Duration.ofMillis(500))
            .setMaxBackoff(Duration.ofSeconds(2))
            .build();

    private final Delivery delivery;
    private final SdkTracerProvider provider;
    private final io.opentelemetry.api.trace.Tracer tracer;

    /**
     * Begins to send.
     *
     * @param revision the commit that the service was built from
     * @param every how long a step waits for others at most
     */
    OtlpExporter(Settings.Tracing settings, String revision, TraceCounts counts, Duration every) {
        var builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint() + "/v1/traces")
                .setConnectTimeout(CONNECT)
                .setTimeout(DELIVERY)
                .setRetryPolicy(RETRIES);
        settings.headers().forEach((name, value) -> builder.addHeader(name, value.value()));
        delivery = new Delivery(builder.build(), settings.endpoint(), counts);
        provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.builder()
                                .put("service.name", settings.serviceName())
                                .put("service.version", revision)
                                .put("service.instance.id", UUID.randomUUID().toString())
                                .build())))
                .setIdGenerator(new GivenIds())
                .setSpanLimits(SpanLimits.builder().setMaxAttributeValueLength(LONGEST_TEXT).build())
                .addSpanProcessor(BatchSpanProcessor.builder(delivery)
                        .setMaxQueueSize(Delivery.MOST_UNDER_WAY)
                        .setMaxExportBatchSize(BATCH)
                        .setScheduleDelay(every)
                        .setExporterTimeout(DELIVERY)
                        .build())
                .build();
        tracer = provider.get("org.claudeagentui.service");
    }

    @Override
    public void export(EndedSpan span) {
        if (delivery.admits()) {
            SpanBuilder builder = tracer.spanBuilder(span.name())
                    .setSpanKind(kind(span.kind()))
                    .setStartTimestamp(span.start())
                    .setAllAttributes(attributes(span));
            span.parent().ifPresentOrElse(parent -> builder.setParent(within(parent, span.kind())), builder::setNoParent);
            var copy = GivenIds.given(span.context(), builder::startSpan);
            span.error().ifPresent(_ -> copy.setStatus(StatusCode.ERROR));
            copy.end(span.end());
        }
    }

    @Override
    public void close() {
        provider.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Context within(TraceContext parent, Span.Kind kind) {
        // Only a step that answers has its parent elsewhere.
        SpanContext context = kind == Span.Kind.SERVER
                ? SpanContext.createFromRemoteParent(parent.traceId(), parent.spanId(), TraceFlags.getSampled(), TraceState.getDefault())
                : SpanContext.create(parent.traceId(), parent.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
        return Context.root().with(io.opentelemetry.api.trace.Span.wrap(context));
    }

    private static SpanKind kind(Span.Kind kind) {
        return switch (kind) {
            case SERVER -> SpanKind.SERVER;
            case CLIENT -> SpanKind.CLIENT;
            case INTERNAL -> SpanKind.INTERNAL;
        };
    }

    private static Attributes attributes(EndedSpan span) {
        AttributesBuilder builder = Attributes.builder();
        span.attributes().forEach((name, attribute) -> {
            switch (attribute) {
                case Attribute.Text(String value) -> builder.put(name, value);
                case Attribute.Whole(long value) -> builder.put(name, value);
                case Attribute.Texts(var values) -> builder.put(name, values.toArray(String[]::new));
            }
        });
        span.error().ifPresent(kind -> builder.put("error.type", kind));
        return builder.build();
    }

    /** The ids that the steps have already: others were told of them. */
    private static final class GivenIds implements IdGenerator {
        private static final ScopedValue<TraceContext> GIVEN = ScopedValue.newInstance();

        static io.opentelemetry.api.trace.Span given(TraceContext context,
                ScopedValue.CallableOp<io.opentelemetry.api.trace.Span, RuntimeException> work) {
            return ScopedValue.where(GIVEN, context).call(work);
        }

        @Override
        public String generateSpanId() {
            return GIVEN.get().spanId();
        }

        @Override
        public String generateTraceId() {
            return GIVEN.get().traceId();
        }
    }
}

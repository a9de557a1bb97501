package org.claudeagentui.service.tracing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.claudeagentui.service.settings.Settings;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

import java.time.Duration;

/** Has traces recorded where a collector is configured. */
@ApplicationScoped
class TracingWiring {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Metadata SPANS = Metadata.builder()
            .withName("trace_spans")
            .withDescription("Steps of traces, by whether they reached the collector")
            .build();

    @Produces
    @Singleton
    Tracer tracer(Settings settings, MetricRegistry registry) {
        return settings.tracing()
                .map(tracing -> new Tracer(new OtlpExporter(tracing, settings.revision(), counted(registry), EVERY)))
                .orElse(Tracer.OFF);
    }

    /** After the last request has been answered. */
    void close(@Disposes Tracer tracer) {
        tracer.close();
    }

    private static TraceCounts counted(MetricRegistry registry) {
        var exported = registry.counter(SPANS, new Tag("outcome", "exported"));
        var dropped = registry.counter(SPANS, new Tag("outcome", "dropped"));
        return new TraceCounts() {
            @Override
            public void exported(int spans) {
                exported.inc(spans);
            }

            @Override
            public void dropped(int spans) {
                dropped.inc(spans);
            }
        };
    }
}

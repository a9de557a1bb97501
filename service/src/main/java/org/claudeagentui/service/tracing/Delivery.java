package org.claudeagentui.service.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What is on its way to the collector: bounded and counted. A collector that is away is told of once, and so is its return. */
final class Delivery implements SpanExporter {
    /** Most steps that wait or are being sent. */
    static final int MOST_UNDER_WAY = 2_048;

    private static final System.Logger LOGGER = System.getLogger(Delivery.class.getName());
    /** The SDK would tell of each failure, with its stack. Held, because a logger that nobody holds forgets its level. */
    private static final Logger OF_THE_SDK = Logger.getLogger("io.opentelemetry");

    private final SpanExporter exporter;
    private final URI collector;
    private final TraceCounts counts;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicLong lost = new AtomicLong();

    Delivery(SpanExporter exporter, URI collector, TraceCounts counts) {
        this.exporter = exporter;
        this.collector = collector;
        this.counts = counts;
        OF_THE_SDK.setLevel(java.util.logging.Level.OFF);
    }

    /** Whether there is room for one more; if not, it is dropped. */
    boolean admits() {
        boolean room = underWay.incrementAndGet() <= MOST_UNDER_WAY;
        if (!room) {
            underWay.decrementAndGet();
            drop(1);
        }
        return room;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
        int size = batch.size();
        CompletableResultCode result = exporter.export(batch);
        return result.whenComplete(() -> settle(size, result));
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private void settle(int size, CompletableResultCode result) {
        underWay.addAndGet(-size);
        if (result.isSuccess()) {
            counts.exported(size);
            if (failing.compareAndSet(true, false)) {
                LOGGER.log(Level.INFO, "Traces reach the collector at {0} again; steps lost meanwhile: {1}", collector, lost.getAndSet(0));
            }
        } else {
            drop(size);
            if (failing.compareAndSet(false, true)) {
                LOGGER.log(Level.WARNING,
                        "Traces don''t reach the collector at {0} ({1}): what happens meanwhile is missing there, and nothing"
                                + " else is affected. Next: see that it runs and takes OTLP over HTTP there, or empty OTEL_EXPORTER_OTLP_ENDPOINT",
                        collector, reason(result));
            }
        }
    }

    private void drop(int size) {
        lost.addAndGet(size);
        counts.dropped(size);
    }

    private static String reason(CompletableResultCode result) {
        return Optional.ofNullable(result.getFailureThrowable())
                .flatMap(failure -> Stream.iterate(failure, Objects::nonNull, Throwable::getCause).reduce((_, cause) -> cause))
                .map(cause -> Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName()))
                .orElse("no answer");
    }
}

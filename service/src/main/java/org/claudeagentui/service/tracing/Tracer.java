package org.claudeagentui.service.tracing;

import java.util.Optional;

/** Begins traces here, and goes on with those that began elsewhere. */
public final class Tracer implements AutoCloseable {
    /** Passes traces on and records nothing. */
    public static final Tracer OFF = new Tracer(Optional.empty());

    private final Optional<SpanExporter> exporter;

    Tracer(SpanExporter exporter) {
        this(Optional.of(exporter));
    }

    private Tracer(Optional<SpanExporter> exporter) {
        this.exporter = exporter;
    }

    /**
     * Begins a step.
     *
     * @param name what is done, of a small set of names
     * @param parent the step that it is a part of; without one a trace begins
     */
    public Span begin(String name, Span.Kind kind, Optional<TraceContext> parent) {
        return Span.begin(exporter, name, kind, parent);
    }

    /** Hands on what is recorded, for a short while, and records no more. */
    @Override
    public void close() {
        exporter.ifPresent(SpanExporter::close);
    }
}

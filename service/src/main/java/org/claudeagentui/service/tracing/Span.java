package org.claudeagentui.service.tracing;

import org.claudeagentui.service.logging.LogContext;
import org.claudeagentui.service.tracing.EndedSpan.Attribute;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A step of a trace, under way. What it is told of itself gets to the collector when it ends, where there is one: it must hold nothing of
 * what people wrote, and no secret. Any thread may tell it, and end it.
 */
public final class Span {
    private static final ScopedValue<Span> CURRENT = ScopedValue.newInstance();

    private final Optional<SpanExporter> exporter;
    private final TraceContext context;
    private final Optional<TraceContext> parent;
    private final Kind kind;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final boolean recorded;
    private final Map<String, Attribute> attributes = new HashMap<>();
    private String name;
    private Optional<String> error = Optional.empty();
    private boolean ended;

    /** What a step is toward others. */
    public enum Kind {
        /** It answers somebody. */
        SERVER,
        /** It asks somebody and awaits the answer. */
        CLIENT,
        /** Neither. */
        INTERNAL
    }

    private Span(Optional<SpanExporter> exporter, String name, Kind kind, TraceContext context, Optional<TraceContext> parent) {
        this.exporter = exporter;
        this.name = name;
        this.kind = kind;
        this.context = context;
        this.parent = parent;
        recorded = exporter.isPresent() && context.sampled();
    }

    static Span begin(Optional<SpanExporter> exporter, String name, Kind kind, Optional<TraceContext> parent) {
        return new Span(exporter, name, kind, parent.map(TraceContext::next).orElseGet(TraceContext::begin), parent);
    }

    /** The step that this thread works on, if it is known. */
    public static Optional<Span> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Work for another thread that belongs to the same step as this one's. */
    public static Runnable continuing(Runnable work) {
        return current().<Runnable>map(span -> () -> span.run(work)).orElse(work);
    }

    /**
     * Does work as a step of the present one's, its current one meanwhile; where there is none, it is just done. The step fails with what the
     * work throws.
     */
    public static <T> T step(String name, Kind kind, Supplier<T> work) {
        return current().map(span -> span.part(name, kind).enclose(work)).orElseGet(work);
    }

    /** Begins a step that is a part of this one. */
    public Span part(String name, Kind kind) {
        return begin(exporter, name, kind, Optional.of(context));
    }

    /** Where it stands: what goes on to whoever is asked. */
    public TraceContext context() {
        return context;
    }

    /** Does work that belongs to it; the trace's id stands in each line that is logged meanwhile. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(() -> LogContext.withTrace(context.traceId(), work));
    }

    /** The same for a result. */
    public <T> T call(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** Gives it another name, of a small set of names. */
    public synchronized Span named(String another) {
        name = another;
        return this;
    }

    /** Tells a text of it, by a name of the semantic conventions. */
    public Span with(String attribute, String value) {
        return with(attribute, new Attribute.Text(value));
    }

    /** Tells a number of it. */
    public Span with(String attribute, long value) {
        return with(attribute, new Attribute.Whole(value));
    }

    /** Tells texts of it. */
    public Span with(String attribute, List<String> values) {
        return with(attribute, new Attribute.Texts(values));
    }

    /**
     * It doesn't succeed. The first reason holds.
     *
     * @param kind of error, of a small set
     */
    public synchronized Span failed(String kind) {
        error = error.or(() -> Optional.of(kind));
        return this;
    }

    /** Ends it. Only the first time counts. */
    public void end() {
        if (recorded && endsNow()) {
            exporter.ifPresent(taking -> taking.export(record()));
        }
    }

    private synchronized boolean endsNow() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    private synchronized EndedSpan record() {
        Instant end = start.plus(Duration.ofNanos(System.nanoTime() - startNanos));
        return new EndedSpan(context, parent, kind, name, start, end, attributes, error);
    }

    private synchronized Span with(String attribute, Attribute value) {
        if (recorded && !ended) {
            attributes.put(attribute, value);
        }
        return this;
    }

    private <T> T enclose(Supplier<T> work) {
        try {
            return call(work);
        } catch (RuntimeException | Error e) {
            failed(e.getClass().getSimpleName());
            throw e;
        } finally {
            end();
        }
    }
}

package org.claudeagentui.service.tracing;

import org.claudeagentui.service.logging.LogContext;
import org.claudeagentui.service.tracing.EndedSpan.Attribute;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpanTest {
    private static final TraceContext CALLER = TraceContext.parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").orElseThrow();

    private final List<EndedSpan> ended = new ArrayList<>();
    private final Tracer tracer = new Tracer(new SpanExporter() {
        @Override
        public void export(EndedSpan span) {
            ended.add(span);
        }

        @Override
        public void close() {
            // It keeps nothing open.
        }
    });

    @Test
    void aStepIsAPartOfTheOneThatItBeganIn() {
        Span request = tracer.begin("HTTP", Span.Kind.SERVER, Optional.of(CALLER));
        request.run(() -> Span.step("ask", Span.Kind.CLIENT, () -> Span.current().orElseThrow().with("one", 1).with("two", "2")));
        request.end();

        assertThat(ended).extracting(EndedSpan::name).containsExactly("ask", "HTTP");
        assertThat(ended).extracting(span -> span.context().traceId()).containsOnly(CALLER.traceId());
        assertThat(ended.getFirst().parent()).contains(ended.getLast().context());
        assertThat(ended.getLast().parent()).contains(CALLER);
        assertThat(ended.getFirst().attributes()).isEqualTo(Map.of("one", new Attribute.Whole(1), "two", new Attribute.Text("2")));
        assertThat(ended.getFirst().end()).isAfterOrEqualTo(ended.getFirst().start());
        assertThat(ended.getFirst().error()).isEmpty();
    }

    @Test
    void withoutAParentATraceBegins() {
        tracer.begin("one", Span.Kind.INTERNAL, Optional.empty()).end();
        tracer.begin("two", Span.Kind.INTERNAL, Optional.empty()).end();

        assertThat(ended).allSatisfy(span -> assertThat(span.parent()).isEmpty());
        assertThat(ended.getFirst().context().traceId()).isNotEqualTo(ended.getLast().context().traceId());
    }

    @Test
    void whatTheCallerDoesNotHaveRecordedIsNot() {
        var unsampled = new TraceContext(CALLER.traceId(), CALLER.spanId(), "00");
        Span span = tracer.begin("HTTP", Span.Kind.SERVER, Optional.of(unsampled));
        span.part("part", Span.Kind.CLIENT).end();
        span.end();

        assertThat(ended).isEmpty();
        assertThat(span.context().flags()).isEqualTo("00");
    }

    @Test
    void aStepFailsWithWhatItThrowsAndTheFirstReasonHolds() {
        Span run = tracer.begin("run", Span.Kind.INTERNAL, Optional.empty());

        assertThatThrownBy(() -> run.run(() -> Span.step("one", Span.Kind.CLIENT, () -> {
            throw new IllegalStateException("secret");
        }))).hasMessage("secret");
        run.run(() -> Span.step("two", Span.Kind.CLIENT, () -> Span.current().orElseThrow().failed("404").failed("500")));

        assertThat(ended).extracting(span -> span.error().orElse("")).containsExactly("IllegalStateException", "404");
    }

    @Test
    void itEndsOnce() {
        Span span = tracer.begin("one", Span.Kind.INTERNAL, Optional.empty());
        span.end();
        span.with("late", 1).end();

        assertThat(ended).hasSize(1);
    }

    @Test
    void workWithoutATraceIsJustDone() {
        assertThat(Span.step("none", Span.Kind.CLIENT, Span::current)).isEmpty();
        assertThat(ended).isEmpty();
    }

    @Test
    void workOfAnotherThreadGoesOnWithIt() {
        var seen = new AtomicReference<Optional<String>>(Optional.empty());
        var step = new AtomicReference<Optional<Span>>(Optional.empty());
        Span span = tracer.begin("one", Span.Kind.INTERNAL, Optional.empty());

        span.run(() -> {
            var work = Span.continuing(() -> {
                seen.set(LogContext.traceId());
                step.set(Span.current());
            });
            try {
                Thread.ofVirtual().start(work).join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(seen.get()).contains(span.context().traceId());
        assertThat(step.get()).containsSame(span);
        assertThat(Span.current()).isEmpty();
    }
}

package org.claudeagentui.service.claude;

import io.opentelemetry.proto.trace.v1.Status;
import org.claudeagentui.service.tracing.FakeCollector;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.Tracer;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Requests to the model as a collector sees them. */
class TracedModelTest {
    private static final ModelRequest REQUEST = new ModelRequest("claude-x", 100, Optional.of("private prompt"), List.of(), List.of(Message
            .user(List.of(), "private words")), OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty(),
            List
                    .of());

    private final AtomicReference<Optional<Span>> asked = new AtomicReference<>(Optional.empty());

    @Test
    void aRequestIsAPartOfTheRunWithItsTokensAndNoWord() throws Exception {
        try (var collector = FakeCollector.start()) {
            Span run = traced(collector, new StreamEvent.MessageStart("claude-x-1", usage(3, 1)), new StreamEvent.BlockDelta(0,
                    new ContentDelta.Text("private words")), new StreamEvent.MessageDelta(Optional.of("end_turn"), usage(3, 7)),
                    new StreamEvent.MessageStop());

            var chat = collector.first();
            assertThat(chat.getName()).isEqualTo("chat claude-x");
            assertThat(chat.getParentSpanId().toByteArray()).asHexString().isEqualToIgnoringCase(run.context().spanId());
            assertThat(chat.getSpanId().toByteArray()).as("what the model is told")
                    .asHexString()
                    .isEqualToIgnoringCase(asked.get()
                            .orElseThrow()
                            .context()
                            .spanId());
            // 2 written to the cache and 4 taken from it, besides.
            assertThat(FakeCollector.told(chat.getAttributesList())).containsEntry("gen_ai.request.model", "claude-x")
                    .containsEntry("gen_ai.response.model", "claude-x-1")
                    .containsEntry("gen_ai.usage.input_tokens", "9")
                    .containsEntry("gen_ai.usage.output_tokens", "7")
                    .containsEntry("gen_ai.usage.cache_read.input_tokens", "4");
            assertThat(chat.toString()).contains("end_turn").doesNotContain("private");
            assertThat(chat.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        }
    }

    @Test
    void aRequestThatFailsTellsTheKindOfFailure() throws Exception {
        try (var collector = FakeCollector.start()) {
            traced(collector, new StreamEvent.Failed(new ModelFailure.Overloaded("private", Optional.empty())));

            var chat = collector.first();
            assertThat(chat.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(FakeCollector.told(chat.getAttributesList())).containsEntry("error.type", "overloaded");
            assertThat(chat.toString()).doesNotContain("private");
        }
    }

    @Test
    void aConnectionThatFailsTellsItToo() throws Exception {
        try (var collector = FakeCollector.start()) {
            assertThatThrownBy(() -> traced(collector)).hasRootCauseInstanceOf(ModelException.class);

            assertThat(FakeCollector.told(collector.first().getAttributesList())).containsEntry("error.type",
                    "connection_failed");
        }
    }

    /** Reads all of an answer; what is recorded is on its way to the collector then. */
    private Span traced(FakeCollector collector, StreamEvent... events) {
        Deque<StreamEvent> coming = new ArrayDeque<>(List.of(events));
        ModelClient model = (_, _) -> {
            asked.set(Span.current());
            return new ModelStream() {
                @Override
                public StreamEvent next() throws ModelException {
                    if (coming.isEmpty()) {
                        throw new ModelException(new ModelFailure.ConnectionFailed("private"));
                    }
                    return coming.remove();
                }

                @Override
                public void close() {
                    // It keeps nothing open.
                }
            };
        };
        try (Tracer tracer = collector.tracer()) {
            Span run = tracer.begin("invoke_agent", Span.Kind.INTERNAL, Optional.empty());
            run.run(() -> {
                try (var stream = new TracedModel(model).open(REQUEST, Deadline.after(Duration.ofSeconds(5)))) {
                    do {
                        stream.next();
                    } while (!coming.isEmpty());
                } catch (ModelException e) {
                    throw new IllegalStateException(e);
                }
            });
            return run;
        }
    }

    private static UsageUpdate usage(long input, long output) {
        return new UsageUpdate(OptionalLong.of(input), OptionalLong.of(output), OptionalLong.of(2), OptionalLong.of(4));
    }
}

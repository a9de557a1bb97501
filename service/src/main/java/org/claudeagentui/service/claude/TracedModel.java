package org.claudeagentui.service.claude;

import org.claudeagentui.service.tracing.Span;

import java.util.List;
import java.util.Optional;

/** A model of which each request is a step of the trace that it belongs to; nothing of what is asked or answered is told there. */
public final class TracedModel implements ModelClient {
    private final ModelClient model;

    /** A model as it is, traced. */
    public TracedModel(ModelClient model) {
        this.model = model;
    }

    @Override
    public ModelStream open(ModelRequest request, Deadline deadline) {
        Optional<Span> span = Span.current().map(run -> begun(run, request));
        return span.<ModelStream>map(step -> new Stream(step.call(() -> model.open(request, deadline)), step))
                .orElseGet(() -> model.open(request, deadline));
    }

    private static Span begun(Span run, ModelRequest request) {
        return run.part("chat " + request.model(), Span.Kind.CLIENT)
                .with("gen_ai.operation.name", "chat")
                .with("gen_ai.provider.name", "anthropic")
                .with("gen_ai.request.model", request.model())
                .with("gen_ai.request.max_tokens", request.maxTokens());
    }

    private static final class Stream implements ModelStream {
        private final ModelStream stream;
        private final Span span;
        private TokenUsage usage = TokenUsage.NONE;

        private Stream(ModelStream stream, Span span) {
            this.stream = stream;
            this.span = span;
        }

        @Override
        public StreamEvent next() throws ModelException {
            try {
                StreamEvent event = stream.next();
                take(event);
                return event;
            } catch (ModelException e) {
                span.failed(e.failure().kind());
                throw e;
            }
        }

        /** An answer that was given up is no error: what it took until then is told. */
        @Override
        public void close() {
            stream.close();
            span.end();
        }

        private void take(StreamEvent event) {
            switch (event) {
                case StreamEvent.MessageStart(String answering, UsageUpdate update) -> {
                    span.with("gen_ai.response.model", answering);
                    count(update);
                }
                case StreamEvent.MessageDelta(Optional<String> reason, UsageUpdate update) -> {
                    reason.ifPresent(why -> span.with("gen_ai.response.finish_reasons", List.of(why)));
                    count(update);
                }
                case StreamEvent.Failed(ModelFailure failure) -> span.failed(failure.kind());
                case StreamEvent.BlockStart _,StreamEvent.BlockDelta _,StreamEvent.BlockStop _,StreamEvent.MessageStop _,StreamEvent.Ping _,StreamEvent.Unknown _ -> {
                    // Nothing that is told.
                }
            }
        }

        private void count(UsageUpdate update) {
            usage = update.applyTo(usage);
            usage.tell(span);
        }
    }
}

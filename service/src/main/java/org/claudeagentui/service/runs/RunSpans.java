package org.claudeagentui.service.runs;

import org.claudeagentui.service.tracing.Span;

/** What a run's step in a trace is told: nothing of what was said. */
final class RunSpans {
    private RunSpans() {
    }

    /** Ends the step of a run that this replica works on no more. */
    static void end(Span span, Run run) {
        span.with("gen_ai.operation.name", "invoke_agent")
                .with("gen_ai.provider.name", "anthropic")
                .with("gen_ai.agent.id", run.agentId())
                .with("gen_ai.agent.name", run.agentName())
                .with("claude_agent_ui.run.id", run.id().toString())
                .with("claude_agent_ui.run.state", run.state().wireName());
        run.model().ifPresent(model -> span.with("gen_ai.request.model", model));
        run.usage().ifPresent(usage -> usage.tokens().tell(span));
        run.error().ifPresent(error -> span.failed(error.type().substring(error.type().lastIndexOf(':') + 1)));
        span.end();
    }
}

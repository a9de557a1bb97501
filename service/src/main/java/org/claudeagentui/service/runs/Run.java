package org.claudeagentui.service.runs;

import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.TraceContext;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An agent put to work on an input, as its events so far leave it.
 *
 * @param id names it
 * @param agentId the agent's document id
 * @param agentName the agent's name when the run was accepted
 * @param user whose it is; nobody's where it is from before there were users
 * @param trace the trace of the request that began it
 * @param state where it stands
 * @param input what the agent was given
 * @param attachments the files that it was given with that
 * @param output the text of the answer; nothing before the end
 * @param model the model that was asked; nothing before the start
 * @param createdAt when it was accepted
 * @param startedAt when work began
 * @param endedAt when it ended
 * @param usage what it took so far; nothing before the model counted
 * @param costUsd what it cost so far, in US dollars; nothing when the model's price is not known
 * @param error why it failed
 */
public record Run(
        RunId id,
        String agentId,
        String agentName,
        Optional<RunUser> user,
        Optional<TraceContext> trace,
        RunState state,
        String input,
        List<Attachment> attachments,
        Optional<String> output,
        Optional<String> model,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<RunUsage> usage,
        Optional<BigDecimal> costUsd,
        Optional<RunError> error) {

    /** Keeps the attachments from being changed. */
    public Run {
        attachments = List.copyOf(attachments);
    }

    static Run accepted(RunId id, String agentId, String agentName, RunUser user, String input, List<Attachment> attachments,
            Instant at) {
        return new Run(id, agentId, agentName, Optional.of(user), Span.current().map(Span::context), RunState.QUEUED, input, attachments,
                Optional
                        .empty(), Optional.empty(),
                at, Optional
                        .empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * The run after one more event.
     *
     * @throws IllegalStateException when the run had ended, or starts twice
     */
    Run after(RunEvent event, Instant at) {
        if (state.ended()) {
            throw new IllegalStateException(event.type() + " after the end of run " + id);
        }
        return switch (event) {
            case RunEvent.Started started -> started(started, at);
            case RunEvent.UsageCounted counted -> new Run(id, agentId, agentName, user, trace, state, input, attachments, output, model,
                    createdAt,
                    startedAt,
                    endedAt,
                    Optional.of(counted.usage()), counted.costUsd(), error);
            case RunEvent.Ended end -> ended(end, at);
            case RunEvent.Queued _,RunEvent.TurnStarted _,RunEvent.TextDelta _,RunEvent.ThinkingDelta _,RunEvent.TurnCompleted _,RunEvent.TurnRestarted _,RunEvent.ToolCalled _,RunEvent.ToolReturned _ ->
                this;
        };
    }

    /** Whether somebody may know of it. */
    boolean isSeenBy(Caller caller) {
        return caller.maySee(user.map(RunUser::id));
    }

    Run withOutput(String text) {
        return new Run(id, agentId, agentName, user, trace, state, input, attachments, Optional.of(text), model, createdAt, startedAt,
                endedAt,
                usage,
                costUsd,
                error);
    }

    private Run started(RunEvent.Started event, Instant at) {
        if (state != RunState.QUEUED) {
            throw new IllegalStateException("run " + id + " starts twice");
        }
        return new Run(id, agentId, agentName, user, trace, RunState.RUNNING, input, attachments, output, Optional.of(event.model()),
                createdAt,
                Optional
                        .of(at),
                endedAt,
                usage, costUsd, error);
    }

    private Run ended(RunEvent.Ended event, Instant at) {
        Optional<RunError> why = event instanceof RunEvent.Failed failed ? Optional.of(failed.error()) : Optional.empty();
        return new Run(id, agentId, agentName, user, trace, event.state(), input, attachments, output, model, createdAt, startedAt, Optional
                .of(
                        at),
                Optional.of(event.usage()), event.costUsd(), why);
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.idempotency.Keys;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.web.Texts;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Takes in what is to be run: each request once, whatever is asked for with the same key. */
final class Submissions {

    private final RunLimits limits;
    private final AgentLookup agents;
    private final AttachmentIntake intake;
    private final Journal journal;
    private final Keys keys;
    private final Turns turns;
    private final RunEngine engine;

    Submissions(RunLimits limits, AgentLookup agents, AttachmentIntake intake, Journal journal, Keys keys, Turns turns, RunEngine engine) {
        this.limits = limits;
        this.agents = agents;
        this.intake = intake;
        this.journal = journal;
        this.keys = keys;
        this.turns = turns;
        this.engine = engine;
    }

    /**
     * Puts an agent to work. Where that was asked for before, with the same key, nothing is done but to look up the run.
     *
     * @throws ProblemException when the agent can't be run, an attachment can't be used, or nothing can be done right now
     */
    Run submit(RunRequest request, Caller caller) {
        check(request);
        return keyed(request).orElseGet(() -> begun(RunId.random(), request, caller, _ -> RunContext.NONE));
    }

    /**
     * Puts an agent to work for something.
     *
     * @param context tells what the run begins with; asked when the origin has this run and no other, where it has one at a time
     * @throws ProblemException as for other runs, or when the origin has one at a time and has one
     */
    Run submit(RunOrigin origin, RunRequest request, Supplier<RunContext> context, Caller caller) {
        check(request);
        return keyed(request).orElseGet(() -> ordered(origin, request, context, caller));
    }

    private Run ordered(RunOrigin origin, RunRequest request, Supplier<RunContext> context, Caller caller) {
        RunId run = RunId.random();
        try {
            turns.announce(run, origin);
        } catch (ProblemException e) {
            // It may be the same request that is in the way.
            return keyed(request).orElseThrow(() -> e);
        }
        try {
            Run accepted = begun(run, request, caller, own -> turns.kept(run, context.get().weighing(AttachmentIntake.MOST_WEIGHT - own)));
            if (!accepted.id().equals(run)) {
                turns.release(run);
            }
            turns.begun();
            return accepted;
        } catch (RuntimeException e) {
            turns.release(run);
            throw e;
        }
    }

    private void check(RunRequest request) {
        complaint("input", request.input()).ifPresent(wrong -> {
            throw ProblemException.invalid(List.of(wrong));
        });
    }

    private Optional<Run> keyed(RunRequest request) {
        return request.key().flatMap(keys::run).flatMap(RunId::parse).flatMap(journal::run);
    }

    private Run begun(RunId id, RunRequest request, Caller caller, LongFunction<RunContext> context) {
        AgentProfile agent = agents.find(request.agentId())
                .orElseThrow(() -> new ProblemException(new Problem("not-found", 404, "Not found",
                        "There is no agent with this id.", List.of(new FieldError("agentId", "names no agent")))));
        if (!agent.enabled()) {
            throw new ProblemException(Problem.conflict("The agent is disabled: enable it to run it.",
                    List.of(new FieldError("agentId", "names an agent that is disabled"))));
        }
        AttachmentIntake.Taken taken = intake.take(request.attachments());
        try {
            long weight = taken.attachments().stream().mapToLong(Attachment::weight).sum();
            return engine.submit(id, agent, context.apply(weight), RunUser.of(caller), request.input(), taken.attachments(), request.key());
        } catch (RuntimeException e) {
            intake.putBack(taken);
            // The same request may have come twice at once.
            return keyed(request).orElseThrow(() -> e);
        }
    }

    /** What is wrong with an input that a client calls by that name. */
    Optional<FieldError> complaint(String field, String input) {
        if (input.isBlank()) {
            return Optional.of(new FieldError(field, "must not be blank"));
        }
        if (input.length() > limits.inputCharacters()) {
            return Optional.of(new FieldError(field, "must have " + limits.inputCharacters() + " characters at most"));
        }
        return Texts.storable(input)
                ? Optional.empty()
                : Optional.of(new FieldError(field, "must not hold U+0000 or half of a surrogate pair"));
    }
}

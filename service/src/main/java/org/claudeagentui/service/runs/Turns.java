package org.claudeagentui.service.runs;

import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The runs of what has one run at a time, such as a chat: who is next is settled in the database, before there is a run. */
final class Turns {

    private static final Logger LOGGER = System.getLogger(Turns.class.getName());
    private static final int MOST_PASSED = 3;

    private final Origins origins;
    private final Reports reports;

    Turns(Origins origins, Reports reports) {
        this.origins = origins;
        this.reports = reports;
    }

    /** Does something while an origin that has one run at a time can have none. */
    <T> T without(RunOrigin origin, Supplier<T> work) {
        RunId none = RunId.random();
        announce(none, origin);
        try {
            return work.get();
        } finally {
            release(none);
        }
    }

    /** Sees to it that an origin that has one run at a time has heard of it. */
    void catchUp(RunOrigin origin) {
        origins.turn(origin).filter(turn -> turn.state().isPresent()).ifPresent(turn -> reports.tellNow(turn.run()));
    }

    /**
     * Makes a run that is to be the next of its origin's.
     *
     * @throws ProblemException when another is
     */
    void announce(RunId run, RunOrigin origin) {
        for (int attempt = 1; !origins.add(run, origin); attempt++) {
            Optional<Origins.Turn> turn = origins.turn(origin);
            if (turn.isPresent() && (attempt > MOST_PASSED || !turn.get().state().map(RunState::ended).orElse(false))) {
                throw taken(turn.get());
            }
            turn.ifPresent(ended -> reports.tellNow(ended.run()));
        }
    }

    private static ProblemException taken(Origins.Turn turn) {
        return new ProblemException(turn.state()
                .map(state -> state.ended()
                        ? Problem.unavailable("The turn before is still being stored: try again in a moment.")
                        : Problem.conflict("A turn is at work, run " + turn.run() + ": wait for its end, or cancel it with POST /api/runs/"
                                + turn.run() + "/cancel.", List.of()))
                .orElseGet(() -> Problem.conflict("A turn is being begun, or messages are being deleted: try again in a moment.", List
                        .of())));
    }

    /** Keeps what a run begins with. */
    RunContext kept(RunId run, RunContext context) {
        if (!origins.keep(run, context)) {
            throw new ProblemException(Problem.unavailable("It took too long to begin the run: try again."));
        }
        return context;
    }

    /** Gives a turn back that is to have no run. */
    void release(RunId run) {
        try {
            origins.release(run);
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "Run {0} was announced and is not to be, which the database can''t be told: {1}", run, e
                    .getMessage());
        }
    }

    /** A run has begun: whoever is to hear of it is told. */
    void begun() {
        reports.wake();
    }
}

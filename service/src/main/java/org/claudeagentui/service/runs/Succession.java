package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Prices;
import org.claudeagentui.service.claude.TokenUsage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Has this replica go on with runs that others left, from the last turn that is complete; ends those that nobody can go on with. */
final class Succession {

    private static final Logger LOGGER = System.getLogger(Succession.class.getName());
    /** A run that was left behind so often at work may well be what its replicas died of. */
    private static final int MOST_TIMES_LEFT = 5;

    private final AgentLookup agents;
    private final Origins origins;
    private final Journal journal;
    private final JournalWriter writer;
    private final EventFeed feed;
    private final RunEngine engine;
    private final Prices prices;

    Succession(AgentLookup agents, Origins origins, Journal journal, JournalWriter writer, EventFeed feed, RunEngine engine,
            Prices prices) {
        this.agents = agents;
        this.origins = origins;
        this.journal = journal;
        this.writer = writer;
        this.feed = feed;
        this.engine = engine;
        this.prices = prices;
    }

    /** Takes care of a run that is this replica's now. What can't be done right now is tried again once its lease has lapsed. */
    void take(Journal.Taken taken) {
        Run run = taken.run();
        List<StoredEvent> events = journal.events(run.id());
        long left = events.stream().filter(ModelTurn::isLeftBehind).count();
        if (taken.cancelRequested()) {
            LOGGER.log(Level.INFO, "Run {0} was to be cancelled when its replica left it, and is", run.id());
            end(taken, events, new RunEvent.Cancelled(usage(run), cost(run)));
        } else if (left >= MOST_TIMES_LEFT) {
            fail(taken, events, "The service stopped, or lost its database, " + (left + 1) + " times while it worked on the run.");
        } else {
            agents.find(run.agentId())
                    .ifPresentOrElse(agent -> goOn(agent, taken, events), () -> fail(taken, events,
                            "The service stopped while it worked on the run, and the run's agent is there no more to go on with."));
        }
    }

    private void goOn(AgentProfile agent, Journal.Taken taken, List<StoredEvent> events) {
        RunId run = taken.run().id();
        if (!engine.resume(agent, origins.context(run), taken, events)) {
            LOGGER.log(Level.INFO, "Run {0} was left behind by its replica, and there is no room for it here right now", run);
            return;
        }
        LOGGER.log(Level.WARNING, "Run {0} was left behind by its replica and goes on here", run);
        // Somebody may have asked for its end while nobody worked on it.
        if (Boolean.TRUE.equals(journal.renew(Set.of(run)).get(run))) {
            var _ = engine.cancel(run);
        }
    }

    private void fail(Journal.Taken taken, List<StoredEvent> events, String why) {
        LOGGER.log(Level.WARNING, "Run {0} was left behind by its replica and is ended: {1}", taken.run().id(), why);
        end(taken, events, new RunEvent.Failed(RunErrors.interrupted(why), usage(taken.run()), cost(taken.run())));
    }

    private void end(Journal.Taken taken, List<StoredEvent> events, RunEvent.Ended event) {
        Run run = taken.run();
        feed.open(run.id(), events.getLast());
        var end = new RunWriter(writer, taken.tenure(), run, events.getLast().seq(), OutputText.of(events), new StopSignal()).appended(
                event);
        var _ = end.whenComplete((_, _) -> feed.close(run.id()));
    }

    private static RunUsage usage(Run run) {
        return run.usage()
                .map(counted -> new RunUsage(counted.tokens(), false))
                .orElse(new RunUsage(TokenUsage.NONE, run.state() == RunState.QUEUED));
    }

    private Optional<BigDecimal> cost(Run run) {
        return run.model().flatMap(model -> prices.cost(model, usage(run).tokens()));
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Prices;
import org.claudeagentui.service.claude.TokenUsage;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Has this replica go on with runs that others left, from the last turn that is complete; ends those that nobody can go on with. */
final class Succession {

    private static final Logger LOGGER = System.getLogger(Succession.class.getName());
    /** A run that outlived so many owners may well be what they died of. */
    private static final int MOST_OWNERS = 5;

    private final AgentLookup agents;
    private final Journal journal;
    private final JournalWriter writer;
    private final EventFeed feed;
    private final RunEngine engine;
    private final Prices prices;

    Succession(AgentLookup agents, Journal journal, JournalWriter writer, EventFeed feed, RunEngine engine, Prices prices) {
        this.agents = agents;
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
        Optional<AgentProfile> agent = agents.find(run.agentId());
        if (taken.tenure().epoch() > MOST_OWNERS) {
            end(taken, events, "The service stopped, or lost its database, " + MOST_OWNERS + " times while it worked on the run.");
        } else if (agent.isEmpty()) {
            end(taken, events, "The service stopped while it worked on the run, and the run's agent is there no more to go on with.");
        } else if (engine.resume(agent.get(), taken, events)) {
            LOGGER.log(Level.WARNING, "Run {0} was left behind by its replica and goes on here", run.id());
        } else {
            LOGGER.log(Level.INFO, "Run {0} was left behind by its replica, and there is no room for it here right now", run.id());
        }
    }

    private void end(Journal.Taken taken, List<StoredEvent> events, String why) {
        Run run = taken.run();
        LOGGER.log(Level.WARNING, "Run {0} was left behind by its replica and is ended: {1}", run.id(), why);
        RunUsage usage = run.usage()
                .map(counted -> new RunUsage(counted.tokens(), false))
                .orElse(new RunUsage(TokenUsage.NONE, run.state() == RunState.QUEUED));
        feed.open(run.id());
        var end = new RunWriter(writer, taken.tenure(), run, events.getLast().seq(), OutputText.of(events), new StopSignal())
                .appended(new RunEvent.Failed(RunErrors.interrupted(why), usage, run.model()
                        .flatMap(model -> prices.cost(model, usage.tokens()))));
        var _ = end.whenComplete((_, _) -> feed.close(run.id()));
    }
}

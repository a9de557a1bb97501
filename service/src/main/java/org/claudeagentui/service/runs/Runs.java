package org.claudeagentui.service.runs;

import io.helidon.dbclient.DbClient;
import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.database.ConnectionSource;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Page;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.web.Texts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All that can be done with runs. */
final class Runs implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Runs.class.getName());
    private static final Duration FIRST_RETENTION = Duration.ofMinutes(5);
    private static final Duration RETENTION_EVERY = Duration.ofHours(1);

    private final RunLimits limits;
    private final AgentLookup agents;
    private final AttachmentIntake intake;
    private final LastingConnection writerConnection;
    private final Journal journal;
    private final EventFeed feed;
    private final JournalWriter writer;
    private final RunEngine engine;
    private final Orphans orphans;
    private final Recurring places;
    private final Recurring retention;
    private volatile boolean started;
    private volatile boolean closing;

    /** Runs of this replica, not yet started. */
    Runs(RunLimits limits, AgentLookup agents, ModelAccess access, ToolAccess tools, AttachmentAccess attachments, DbClient database,
            ConnectionSource connections) {
        this.limits = limits;
        this.agents = agents;
        intake = new AttachmentIntake(attachments.store());
        writerConnection = new LastingConnection(connections);
        journal = new Journal(writerConnection.client(), database, UUID.randomUUID(), limits.lease());
        feed = new EventFeed(journal);
        writer = new JournalWriter(journal, feed, limits.journalPatience());
        engine = new RunEngine(limits, access, tools, attachments, writer, feed);
        var leases = new Leases(journal, engine, limits.renewal());
        writer.alsoDoes(leases::renewIfDue);
        var succession = new Succession(agents, journal, writer, feed, engine, access.prices());
        orphans = new Orphans(journal, engine, succession::take, limits.lease());
        places = new Recurring("queue-places", limits.placesEvery(), limits.placesEvery(), engine::tellPlaces);
        retention = new Recurring("journal-retention", FIRST_RETENTION, RETENTION_EVERY, new Retention(journal, limits.retention())::apply);
    }

    /** On which other replicas have cancellations to tell, which somebody is to listen to. */
    Channel cancellations() {
        return new Cancellations(engine::cancel);
    }

    /** On which other replicas tell of their runs' events, which somebody is to listen to. */
    Channel news() {
        return new News(feed);
    }

    /** Who is told of each commit of this replica's journal. */
    void heardBy(CommitListener listener) {
        writer.heardBy(listener);
    }

    /** How many runs this replica works on. */
    int running() {
        return engine.running();
    }

    /** How many wait here for their turn. */
    int waiting() {
        return engine.waiting();
    }

    /** Begins to work. The schema must be there. */
    void start() {
        writer.start();
        orphans.start();
        places.start();
        retention.start();
        started = true;
    }

    /**
     * Puts an agent to work.
     *
     * @throws ProblemException when the agent can't be run, an attachment can't be used, or nothing can be done right now
     */
    Run submit(RunRequest request) {
        checkInput(request.input());
        if (!started) {
            throw new ProblemException(Problem.unavailable("The journal of runs has not been reached yet: try again in a moment."));
        }
        AgentProfile agent = agents.find(request.agentId())
                .orElseThrow(() -> new ProblemException(new Problem("not-found", 404, "Not found",
                        "There is no agent with this id.", List.of(new FieldError("agentId", "names no agent")))));
        if (!agent.enabled()) {
            throw new ProblemException(Problem.conflict("The agent is disabled: enable it to run it.",
                    List.of(new FieldError("agentId", "names an agent that is disabled"))));
        }
        AttachmentIntake.Taken taken = intake.take(request.attachments());
        try {
            return engine.submit(agent, request.input(), taken.attachments());
        } catch (RuntimeException e) {
            intake.putBack(taken);
            throw e;
        }
    }

    /** The run with that id. */
    Optional<Run> find(RunId id) {
        return journal.run(id);
    }

    /** A page of all runs, by the time that they were accepted. Pages count from 1. */
    Page<Run> list(int page, int pageSize, boolean newestFirst) {
        return journal.runs(page, pageSize, newestFirst);
    }

    /** What runs took and cost, by day and agent, the latest day first. */
    List<UsageShare> usage(UsageQuery query) {
        return journal.usage(query);
    }

    /**
     * Cancels a run, wherever it is worked on.
     *
     * @return the run as it was just after it was told to stop
     * @throws ProblemException when there is no such run, or it has ended by itself
     */
    Run cancel(RunId id) {
        Optional<Run> here = engine.cancel(id).filter(run -> !run.state().ended());
        if (here.isPresent()) {
            keepCancellation(id);
            return here.get();
        }
        Run run = journal.run(id).orElseThrow(() -> ProblemException.notFound("There is no run with this id."));
        switch (run.state()) {
            case QUEUED, RUNNING -> journal.requestCancel(id);
            case CANCELLED -> {
                // Asking twice is as good as asking once.
            }
            case COMPLETED, FAILED ->
                throw new ProblemException(Problem.conflict("The run has already ended: it is " + run.state().wireName() + ".", List.of()));
        }
        return run;
    }

    /** Whoever goes on with the run, if this replica can't end it any more, is to know. */
    private void keepCancellation(RunId id) {
        try {
            journal.requestCancel(id);
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "Run {0} is cancelled here, which the journal can''t be told right now: {1}", id, e.getMessage());
        }
    }

    /**
     * Follows a run.
     *
     * @param after the number of the last event that the reader knows, 0 when it knows none
     * @return the events from there on, or nothing when there are and will be none
     * @throws ProblemException when there is no such run, it has no event with that number, or its events are kept no longer
     */
    Optional<Subscription> follow(RunId id, long after) {
        // Thousands may come at once for a run that is at work here: they need not wait for the journal in turn.
        if (feed.newestWrittenHere(id).filter(newest -> !newest.last() && after <= newest.seq()).isPresent()) {
            return Optional.of(feed.subscribe(id, after));
        }
        // In this order: a run that ends in between has more events than were counted, and they are waited for.
        long last = journal.lastSeq(id);
        Run run = journal.run(id).orElseThrow(() -> ProblemException.notFound("There is no run with this id."));
        if (last == 0 && run.state().ended()) {
            throw new ProblemException(Problem.gone("The events of this run are kept no longer; GET /api/runs/" + id
                    + " still tells its outcome."));
        }
        if (after > last) {
            throw new ProblemException(Problem.badRequest("Last-Event-ID " + after + " is none of this run's events: it has " + last
                    + "."));
        }
        return run.state().ended() && after == last ? Optional.empty() : Optional.of(feed.subscribe(id, after));
    }

    /**
     * Takes no new runs; returns when those that were taken have ended, or are left for another replica, or this one's next start, to go
     * on with. Then streams end, too, and their readers connect again.
     */
    void drain() {
        orphans.close();
        engine.drain();
        release();
        closing = true;
        feed.wakeAll();
    }

    private void release() {
        try {
            List<RunId> left = journal.release();
            LOGGER.log(Level.INFO, "{0} runs are left for another replica, or this one''s next start", left.size());
        } catch (JournalException e) {
            LOGGER.log(Level.WARNING, "Runs can''t be released, their leases have to lapse: {0}", e.getMessage());
        }
    }

    /** Whether no new runs are taken because the service is being stopped. */
    boolean draining() {
        return engine.draining();
    }

    /** Whether streams are to end because the service does. */
    boolean closing() {
        return closing;
    }

    @Override
    public void close() {
        places.close();
        retention.close();
        orphans.close();
        writer.close();
        writerConnection.close();
    }

    private void checkInput(String input) {
        if (input.isBlank()) {
            throw wrongInput("must not be blank");
        }
        if (input.length() > limits.inputCharacters()) {
            throw wrongInput("must have " + limits.inputCharacters() + " characters at most");
        }
        if (!Texts.storable(input)) {
            throw wrongInput("must not hold U+0000 or half of a surrogate pair");
        }
    }

    private static ProblemException wrongInput(String why) {
        return ProblemException.invalid(List.of(new FieldError("input", why)));
    }
}

package org.claudeagentui.service.runs;

import io.helidon.dbclient.DbClient;
import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.database.ConnectionSource;
import org.claudeagentui.service.idempotency.Keys;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.tracing.Tracer;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Page;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** All that can be done with runs. */
final class Runs implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Runs.class.getName());
    private static final Duration FIRST_RETENTION = Duration.ofMinutes(5);
    private static final Duration RETENTION_EVERY = Duration.ofHours(1);

    private final LastingConnection writerConnection;
    private final Journal journal;
    private final Origins origins;
    private final Reports reports;
    private final EventFeed feed;
    private final JournalWriter writer;
    private final Turns turns;
    private final Submissions submissions;
    private final RunEngine engine;
    private final Orphans orphans;
    private final Recurring places;
    private final Recurring retention;
    private volatile boolean started;
    private volatile boolean closing;

    /** Runs of this replica, not yet started. */
    Runs(RunLimits limits, AgentLookup agents, ModelAccess access, ToolAccess tools, AttachmentAccess attachments, DbClient database,
            ConnectionSource connections, Collection<RunRecipient> recipients, Tracer tracer) {
        writerConnection = new LastingConnection(connections);
        journal = new Journal(writerConnection.client(), database, UUID.randomUUID(), limits.lease());
        origins = new Origins(database);
        reports = new Reports(origins, recipients);
        turns = new Turns(origins, reports);
        var keys = new Keys(database);
        feed = new EventFeed(journal);
        writer = new JournalWriter(journal, feed, limits.journalPatience());
        engine = new RunEngine(limits, access, tools, attachments, writer, feed, tracer);
        submissions = new Submissions(limits, agents, new AttachmentIntake(attachments.store()), journal, keys, turns, engine);
        var leases = new Leases(journal, engine, limits.renewal());
        writer.alsoDoes(leases::renewIfDue);
        engine.afterEach(reports::wake);
        var succession = new Succession(agents, origins, journal, writer, feed, engine, access.prices());
        orphans = new Orphans(journal, engine, succession::take, limits.lease());
        places = new Recurring("queue-places", limits.placesEvery(), limits.placesEvery(), engine::tellPlaces);
        retention = new Recurring("journal-retention", FIRST_RETENTION, RETENTION_EVERY, () -> {
            new Retention(journal, keys, limits.retention()).apply();
            origins.tidy();
        });
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
        reports.start();
        started = true;
    }

    /**
     * Puts an agent to work. Where that was asked for before, with the same key, nothing is done but to look up the run.
     *
     * @throws ProblemException when the agent can't be run, an attachment can't be used, or nothing can be done right now
     */
    Run submit(RunRequest request, Caller caller) {
        checkStarted();
        return submissions.submit(request, caller);
    }

    /**
     * Puts an agent to work for something.
     *
     * @param context tells what the run begins with; asked when the origin has this run and no other, where it has one at a time
     * @throws ProblemException as for other runs, or when the origin has one at a time and has one
     */
    Run submit(RunOrigin origin, RunRequest request, Supplier<RunContext> context, Caller caller) {
        checkStarted();
        return submissions.submit(origin, request, context, caller);
    }

    /** What is wrong with an input that a client calls by that name. */
    Optional<FieldError> complaint(String field, String input) {
        return submissions.complaint(field, input);
    }

    /** Does something while an origin that has one run at a time can have none. */
    <T> T withoutRun(RunOrigin origin, Supplier<T> work) {
        checkStarted();
        return turns.without(origin, work);
    }

    /** Sees to it that an origin that has one run at a time has heard of it. */
    void catchUp(RunOrigin origin) {
        checkStarted();
        turns.catchUp(origin);
    }

    private void checkStarted() {
        if (!started) {
            throw new ProblemException(Problem.unavailable("The journal of runs has not been reached yet: try again in a moment."));
        }
    }

    /** A page of the runs of an origin, by the time that they were accepted. Pages count from 1. */
    Page<Run> list(RunOrigin origin, int page, int pageSize, boolean newestFirst) {
        return origins.runs(origin, page, pageSize, newestFirst);
    }

    /** The run with that id, if the caller may see it. */
    Optional<Run> find(RunId id, Caller caller) {
        return journal.run(id).filter(run -> run.isSeenBy(caller));
    }

    /** A page of runs, without their outputs and with the beginnings of their inputs. */
    Page<Run> list(RunsQuery query) {
        return journal.runs(query);
    }

    /** What runs took and cost, by day, agent and user, the latest day first. */
    List<UsageShare> usage(UsageQuery query) {
        return journal.usage(query);
    }

    /**
     * Cancels a run, wherever it is worked on.
     *
     * @return the run as it was just after it was told to stop
     * @throws ProblemException when there is no such run, the caller may not see it, or it has ended by itself
     */
    Run cancel(RunId id, Caller caller) {
        Run run = known(id, caller);
        Optional<Run> here = engine.cancel(id).filter(stopped -> !stopped.state().ended());
        if (here.isPresent()) {
            keepCancellation(id);
            return here.get();
        }
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
     * @throws ProblemException when there is no such run, the caller may not see it, it has no event with that number, or its events are kept no longer
     */
    Optional<Subscription> follow(RunId id, long after, Caller caller) {
        // Thousands may come at once for a run that is at work here: they need not wait for the journal in turn.
        if (engine.find(id).filter(run -> run.isSeenBy(caller)).isPresent()
                && feed.newestWrittenHere(id).filter(newest -> !newest.last() && after <= newest.seq()).isPresent()) {
            return Optional.of(feed.subscribe(id, after));
        }
        // In this order: a run that ends in between has more events than were counted, and they are waited for.
        long last = journal.lastSeq(id);
        Run run = find(id, caller).orElseThrow(Runs::unknown);
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

    /** Has those who follow runs look around. */
    void rouse() {
        feed.wakeAll();
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
        reports.close();
        retention.close();
        orphans.close();
        writer.close();
        writerConnection.close();
    }

    /** One that this replica works on need not be looked up, so that it can be stopped without the journal. */
    private Run known(RunId id, Caller caller) {
        return engine.find(id).or(() -> journal.run(id)).filter(run -> run.isSeenBy(caller)).orElseThrow(Runs::unknown);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound("There is no run with this id.");
    }
}

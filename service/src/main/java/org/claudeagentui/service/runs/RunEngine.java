package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.idempotency.KeyedRequest;
import org.claudeagentui.service.logging.LogContext;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.Tracer;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Takes runs in, has each driven by a virtual thread of its own, and stops them. */
final class RunEngine {

    private static final Logger LOGGER = System.getLogger(RunEngine.class.getName());
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);
    private static final Duration ACCEPTANCE = Duration.ofSeconds(10);

    private final Tracer tracer;
    private final RunLimits limits;
    private final ModelAccess access;
    private final ToolAccess tools;
    private final AttachmentAccess attachments;
    private final JournalWriter journal;
    private final EventFeed feed;
    private final WorkerSlots slots;
    private final Map<RunId, Active> active = new ConcurrentHashMap<>();
    private volatile boolean draining;
    private volatile Runnable onEnd = () -> {};

    RunEngine(RunLimits limits, ModelAccess access, ToolAccess tools, AttachmentAccess attachments, JournalWriter journal,
            EventFeed feed, Tracer tracer) {
        this.tracer = tracer;
        this.limits = limits;
        this.access = access;
        this.tools = tools;
        this.attachments = attachments;
        this.journal = journal;
        this.feed = feed;
        slots = new WorkerSlots(limits.workers(), limits.waiting());
    }

    /** What else is to be done when a run is worked on no more: it must return at once. */
    void afterEach(Runnable work) {
        onEnd = work;
    }

    /**
     * Takes a run in. It is in the journal when this returns.
     *
     * @param key what is written with it, so that no other run is ever begun for it
     * @throws ProblemException when there is no room, no journal, or the service is being stopped, or the key is another run's
     */
    Run submit(RunId id, AgentProfile agent, RunContext context, RunUser user, String input, List<Attachment> files,
            Optional<KeyedRequest> key) {
        if (draining) {
            throw unavailable("The service is being stopped and takes no new runs: try again in a moment.");
        }
        WorkerSlots.Slot slot = slots.take()
                .orElseThrow(() -> unavailable("Too many runs wait for their turn (" + limits.waiting() + "): try again later."));
        var run = Run.accepted(id, agent.id(), agent.name(), user, input, files, Instant.now().truncatedTo(ChronoUnit.MICROS));
        var stop = new StopSignal();
        var writer = new RunWriter(journal, Tenure.first(), run, 0, new OutputText(), stop);
        feed.open(run.id());
        var mine = new Active(writer, stop, slot);
        active.put(run.id(), mine);
        try {
            accept(writer, new RunEvent.Queued(agent.id(), agent.name(), slot.position()), key);
            mine.kept = true;
        } catch (ProblemException e) {
            writer.abandon();
            forget(run.id(), mine);
            throw e;
        }
        var task = new RunTask(access, tools, attachments, agent, context, writer, stop, Progress.none(input));
        slot.whenUp(() -> start(run.id(), mine, task, agent.timeout()),
                place -> writer.append(new RunEvent.Queued(agent.id(), agent.name(), place)));
        return writer.run();
    }

    /**
     * Goes on with a run that another replica left.
     *
     * @param events all that it has been until now
     * @return whether there is room for it here
     */
    boolean resume(AgentProfile agent, RunContext context, Journal.Taken taken, List<StoredEvent> events) {
        Optional<WorkerSlots.Slot> place = draining ? Optional.empty() : slots.take();
        place.ifPresent(slot -> resume(agent, context, taken, events, slot));
        return place.isPresent();
    }

    private void resume(AgentProfile agent, RunContext context, Journal.Taken taken, List<StoredEvent> events, WorkerSlots.Slot slot) {
        Run run = taken.run();
        var stop = new StopSignal();
        var writer = new RunWriter(journal, taken.tenure(), run, events.getLast().seq(), OutputText.of(events), stop);
        var mine = new Active(writer, stop, slot);
        mine.kept = true;
        feed.open(run.id(), events.getLast());
        active.put(run.id(), mine);
        var task = new RunTask(access, tools, attachments, agent, context, writer, stop, Progress.of(run, events));
        slot.whenUp(() -> start(run.id(), mine, task, agent.timeout()), place -> {
            // Who follows a run that was at work is told of its turns, not of a line.
            if (run.state() == RunState.QUEUED) {
                writer.append(new RunEvent.Queued(agent.id(), agent.name(), place));
            }
        });
    }

    /** For how many more runs there is room, at work or in the line. */
    int room() {
        return draining ? 0 : slots.room();
    }

    /** Cancels a run, if this replica works on it, and nothing else has stopped it before. */
    Optional<Run> cancel(RunId run) {
        return Optional.ofNullable(active.get(run))
                .filter(found -> found.stop(StopSignal.Reason.CANCELLED) == StopSignal.Reason.CANCELLED)
                .map(found -> found.writer.run());
    }

    /** A run that this replica works on, as it is. */
    Optional<Run> find(RunId run) {
        return Optional.ofNullable(active.get(run)).map(found -> found.writer.run());
    }

    /** Gives a run up that is another replica's by now. */
    void lose(RunId run) {
        Optional.ofNullable(active.get(run)).ifPresent(found -> found.stop(StopSignal.Reason.JOURNAL_LOST));
    }

    /** The runs that this replica works on or will, and that are in the journal. */
    Set<RunId> active() {
        return active.entrySet()
                .stream()
                .filter(each -> each.getValue().kept)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many runs are worked on. */
    int running() {
        return slots.busy();
    }

    /** How many runs wait for their turn. */
    int waiting() {
        return slots.waiting();
    }

    /** Tells the runs that wait how many have to make room before them, where that has changed. */
    void tellPlaces() {
        slots.tellPlaces();
    }

    boolean draining() {
        return draining;
    }

    /** Takes no new runs, lets those that are there go on for a while, and then leaves them. Returns when nobody works on one any more. */
    void drain() {
        draining = true;
        LOGGER.log(Level.INFO, "No new runs are taken, {0} go on for up to {1} s", active.size(), limits.drain().toSeconds());
        awaitNone(Deadline.after(limits.drain()));
        active.values().forEach(each -> each.stop(StopSignal.Reason.SHUTDOWN));
        awaitNone(Deadline.after(LAST_WORDS));
    }

    private static void accept(RunWriter writer, RunEvent.Queued event, Optional<KeyedRequest> key) {
        try {
            writer.appended(event, key).get(ACCEPTANCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(Problem.unavailable("The journal of runs can't be written: try again in a moment."), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("The service is being stopped."), e);
        }
    }

    private void start(RunId run, Active mine, RunTask task, Optional<Duration> agentTimeout) {
        Duration timeout = agentTimeout.filter(own -> own.compareTo(limits.timeout()) < 0).orElse(limits.timeout());
        Span span = tracer.begin("invoke_agent", Span.Kind.INTERNAL, mine.writer.run().trace());
        Thread.ofVirtual().name("run-" + run).start(() -> span.run(() -> LogContext.withRun(run.toString(), () -> {
            try {
                task.work(timeout);
            } finally {
                forget(run, mine);
                RunSpans.end(span, mine.writer.run());
            }
        })));
    }

    private void forget(RunId run, Active mine) {
        active.remove(run, mine);
        feed.close(run);
        mine.slot.close();
        onEnd.run();
        synchronized (active) {
            active.notifyAll();
        }
    }

    private void awaitNone(Deadline deadline) {
        synchronized (active) {
            while (!active.isEmpty() && !deadline.passed()) {
                try {
                    active.wait(Math.max(1, deadline.remaining().toMillis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static ProblemException unavailable(String detail) {
        return new ProblemException(Problem.unavailable(detail));
    }

    private static final class Active {
        private final RunWriter writer;
        private final StopSignal stop;
        private final WorkerSlots.Slot slot;
        private volatile boolean kept;

        private Active(RunWriter writer, StopSignal stop, WorkerSlots.Slot slot) {
            this.writer = writer;
            this.stop = stop;
            this.slot = slot;
            // One that waits for its turn need not wait any longer, to end. The journal's own thread may be the one that says so.
            stop.closes(() -> Thread.startVirtualThread(slot::hurry));
        }

        /** Stops it, and tells why it is stopped: the first reason holds. */
        private StopSignal.Reason stop(StopSignal.Reason why) {
            stop.raise(why);
            return stop.reason().orElse(why);
        }
    }
}

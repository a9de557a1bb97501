package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.AnswerBlocks;
import org.claudeagentui.service.claude.ContentBlock;
import org.claudeagentui.service.claude.ContentDelta;
import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.claude.ModelClient;
import org.claudeagentui.service.claude.ModelException;
import org.claudeagentui.service.claude.ModelRequest;
import org.claudeagentui.service.claude.RetryPolicy;
import org.claudeagentui.service.claude.StreamEvent;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** One answer of the model, as events of a run. Asks again while nothing of the answer has come. */
final class ModelTurn {

    private static final String NO_REASON = "unknown";
    private static final String LEFT_BEHIND = "The service that worked on it is gone; another goes on from the last finished turn.";

    private final ModelClient model;
    private final RetryPolicy retries;
    private final RunWriter writer;
    private final StopSignal stop;
    private final UsageMeter meter;
    private final int turn;
    private final boolean startedBefore;
    private AnswerBlocks blocks = new AnswerBlocks();
    private boolean begun;
    private Optional<String> stopReason = Optional.empty();

    ModelTurn(ModelClient model, RetryPolicy retries, RunWriter writer, StopSignal stop, UsageMeter meter, int turn,
            boolean startedBefore) {
        this.model = model;
        this.retries = retries;
        this.writer = writer;
        this.stop = stop;
        this.meter = meter;
        this.turn = turn;
        this.startedBefore = startedBefore;
    }

    /** Whether an event says that a replica left a turn. */
    static boolean isLeftBehind(StoredEvent event) {
        return event.type().equals("turn.restarted") && event.data().contains(LEFT_BEHIND);
    }

    /**
     * Asks the model and writes down what it answers.
     *
     * @return the answer
     * @throws CancellationException when the run is to stop
     */
    Answer play(ModelRequest request, Deadline deadline) throws ModelException, InterruptedException {
        writer.append(startedBefore ? new RunEvent.TurnRestarted(turn, LEFT_BEHIND) : new RunEvent.TurnStarted(turn));
        for (int attempt = 1; !attempt(request, deadline, attempt); attempt++) {
            if (stop.reason().isPresent()) {
                throw new CancellationException("the run is to stop");
            }
        }
        var answer = new Answer(stopReason.orElse(NO_REASON), blocks.whole());
        writer.append(new RunEvent.TurnCompleted(turn, answer.stopReason(), answer.goesOn() ? answer.content() : List.of()));
        return answer;
    }

    private boolean attempt(ModelRequest request, Deadline deadline, int attempt) throws ModelException, InterruptedException {
        meter.begin();
        blocks = new AnswerBlocks();
        try (var stream = model.open(request, deadline); var _ = stop.closes(stream::close)) {
            for (StreamEvent event = stream.next(); !(event instanceof StreamEvent.MessageStop); event = stream.next()) {
                take(event);
            }
            return true;
        } catch (ModelException e) {
            meter.failed(e.failure());
            Optional<Duration> wait = begun ? Optional.empty() : retries.waitAfter(e.failure(), attempt);
            if (wait.isEmpty() || wait.get().compareTo(deadline.remaining()) >= 0) {
                throw e;
            }
            writer.append(new RunEvent.TurnRestarted(turn, e.failure().message()));
            stop.await(wait.get());
            return false;
        }
    }

    private void take(StreamEvent event) throws ModelException {
        blocks.take(event);
        switch (event) {
            case StreamEvent.MessageStart start -> {
                meter.count(start.usage());
                writer.append(new RunEvent.UsageCounted(meter.total(), meter.cost()));
            }
            case StreamEvent.BlockStart(_, ContentBlock.Text(String text)) -> text(text);
            case StreamEvent.BlockStart(_, ContentBlock.Thinking(String thinking)) -> thinking(thinking);
            case StreamEvent.BlockDelta(_, ContentDelta.Text(String text)) -> text(text);
            case StreamEvent.BlockDelta(_, ContentDelta.Thinking(String thinking)) -> thinking(thinking);
            case StreamEvent.MessageDelta delta -> {
                stopReason = delta.stopReason();
                meter.countLast(delta.usage());
                writer.append(new RunEvent.UsageCounted(meter.total(), meter.cost()));
            }
            case StreamEvent.Failed failed -> throw new ModelException(failed.failure());
            case StreamEvent.BlockStart _,StreamEvent.BlockDelta _,StreamEvent.BlockStop _,StreamEvent.MessageStop _,StreamEvent.Ping _,StreamEvent.Unknown _ -> {
                // Nothing that a run's reader could use.
            }
        }
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            begun = true;
            writer.append(new RunEvent.TextDelta(turn, ModelText.wellFormed(text)));
        }
    }

    private void thinking(String text) {
        if (!text.isEmpty()) {
            begun = true;
            writer.append(new RunEvent.ThinkingDelta(turn, ModelText.wellFormed(text)));
        }
    }
}

package org.claudeagentui.service.runs;

import jakarta.json.JsonValue;
import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.claude.MessageBlock;
import org.claudeagentui.service.tools.ToolResult;
import org.claudeagentui.service.tools.Toolbox;
import org.claudeagentui.service.tracing.Span;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The uses of tools that one answer of the model asks for: side by side, each with a thread of its own. */
final class ToolRound {

    private final ToolAccess access;
    private final Toolbox toolbox;
    private final RunWriter writer;
    private final StopSignal stop;
    private final int turn;
    private final BlockingQueue<Optional<Return>> returns = new LinkedBlockingQueue<>();

    private record Return(MessageBlock.ToolUse use, ToolResult result, Duration took) {}

    ToolRound(ToolAccess access, Toolbox toolbox, RunWriter writer, StopSignal stop, int turn) {
        this.access = access;
        this.toolbox = toolbox;
        this.writer = writer;
        this.stop = stop;
        this.turn = turn;
    }

    /**
     * Uses the tools, and writes down what they answer as they do.
     *
     * @return an answer to each use, in the order of the uses
     * @throws RunFailure when the run's time is up
     * @throws CancellationException when the run is to stop
     */
    List<MessageBlock.ToolResult> play(List<MessageBlock.ToolUse> uses, Deadline deadline) throws RunFailure, InterruptedException {
        if (stop.reason().isPresent()) {
            throw new CancellationException("the run is to stop");
        }
        var results = new HashMap<String, MessageBlock.ToolResult>();
        try (var _ = stop.closes(() -> returns.add(Optional.empty()))) {
            uses.forEach(use -> begin(use, deadline));
            for (var _ : uses) {
                Return next = next(deadline);
                results.put(next.use().id(), result(next));
            }
        }
        return inOrder(uses, results);
    }

    private void begin(MessageBlock.ToolUse use, Deadline deadline) {
        CompletableFuture<Void> told = writer.appended(new RunEvent.ToolCalled(turn, use.id(), use.name(), use.input()
                .orElse(JsonValue.EMPTY_JSON_OBJECT)));
        Duration left = deadline.remaining();
        Duration patience = left.compareTo(access.patience()) < 0 ? left : access.patience();
        Thread.ofVirtual().name("tool-" + use.id()).start(Span.continuing(() -> {
            long start = System.nanoTime();
            // Whoever goes on with the run after a crash must know that the tool may have done its work.
            boolean known = told.handle((_, failure) -> failure == null).join();
            ToolResult result = known ? call(use, patience) : new ToolResult("The tool was not called: the journal is away.", true);
            returns.add(Optional.of(new Return(use, result, Duration.ofNanos(System.nanoTime() - start))));
        }));
    }

    private ToolResult call(MessageBlock.ToolUse use, Duration patience) {
        return use.input()
                .map(input -> toolbox.call(use.name(), input, patience))
                .orElseGet(() -> new ToolResult("The tool was not called: its input is no JSON object.", true));
    }

    private Return next(Deadline deadline) throws RunFailure, InterruptedException {
        Optional<Return> next = returns.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        if (stop.reason().isPresent()) {
            // Whoever goes on with the run need not wonder about tools that are done; one that failed may only have been cut off, by this.
            Stream.concat(Stream.ofNullable(next), returns.stream())
                    .flatMap(Optional::stream)
                    .filter(done -> !done.result().isError())
                    .forEach(this::result);
            throw new CancellationException("the run is to stop");
        }
        if (next == null || deadline.passed()) {
            throw new RunFailure(RunErrors.timedOut("Its time was up while tools worked."));
        }
        return next.orElseThrow();
    }

    private MessageBlock.ToolResult result(Return of) {
        String text = ModelText.bounded(ModelText.wellFormed(of.result().text()), access.longestResult());
        writer.append(new RunEvent.ToolReturned(turn, of.use().id(), of.use().name(), of.result().isError(), text, of.took().toMillis()));
        return new MessageBlock.ToolResult(of.use().id(), text, of.result().isError());
    }

    private static List<MessageBlock.ToolResult> inOrder(List<MessageBlock.ToolUse> uses, Map<String, MessageBlock.ToolResult> results) {
        List<String> order = uses.stream().map(MessageBlock.ToolUse::id).toList();
        return results.values().stream().sorted(Comparator.comparingInt(result -> order.indexOf(result.toolUseId()))).toList();
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.MessageBlock;
import org.claudeagentui.service.claude.ModelException;
import org.claudeagentui.service.claude.ModelRequest;
import org.claudeagentui.service.claude.ToolDefinition;
import org.claudeagentui.service.tools.ToolServerException;
import org.claudeagentui.service.tools.Toolbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** Drives one run from its start to its end. */
final class RunTask {

    private static final Logger LOGGER = System.getLogger(RunTask.class.getName());

    private final ModelAccess access;
    private final ToolAccess tools;
    private final AttachmentAccess attachments;
    private final AgentProfile agent;
    private final RunContext context;
    private final RunWriter writer;
    private final StopSignal stop;
    private final Progress progress;
    private final UsageMeter meter;

    /**
     * A task.
     *
     * @param context what the run begins with beside its input
     * @param progress how far the run has come, with others
     */
    RunTask(ModelAccess access, ToolAccess tools, AttachmentAccess attachments, AgentProfile agent, RunContext context, RunWriter writer,
            StopSignal stop, Progress progress) {
        this.access = access;
        this.tools = tools;
        this.attachments = attachments;
        this.agent = agent;
        this.context = context;
        this.writer = writer;
        this.stop = stop;
        this.progress = progress;
        meter = new UsageMeter(progress.usage(), tokens -> writer.run().model().flatMap(model -> access.prices().cost(model, tokens)));
    }

    /**
     * Works until the run has ended and its last event is in the journal, or can't be; or until it is left for another to go on with, and
     * all that it has been is in the journal.
     *
     * @param timeout longest time from the run's start to its end
     */
    void work(Duration timeout) {
        Optional<RunEvent.Ended> end = stop.reason().isPresent() ? stopped() : outcome(timeout);
        end.ifPresent(writer::append);
        writer.settled().join();
    }

    private Optional<RunEvent.Ended> outcome(Duration timeout) {
        try {
            String model = model();
            Deadline deadline = Deadline.after(timeout.minus(writer.run()
                    .startedAt()
                    .map(start -> Duration.between(start, Instant.now()))
                    .orElse(Duration.ZERO)));
            if (deadline.passed()) {
                throw new RunFailure(RunErrors.timedOut("Its time was up before anybody could go on with it."));
            }
            String reason = converse(model, deadline);
            return Optional.of(new RunEvent.Completed(reason, meter.total(), meter.cost()));
        } catch (ModelException e) {
            LOGGER.log(Level.WARNING, "The model failed: {0}", e.getMessage());
            return failed(RunErrors.of(e.failure()));
        } catch (RunFailure e) {
            LOGGER.log(Level.WARNING, "The run fails: {0}", e.getMessage());
            return failed(e.error());
        } catch (CancellationException e) {
            LOGGER.log(Level.DEBUG, "The run stops", e);
            return stopped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(RunErrors.interrupted("The service stopped working on it."));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "The run failed by a fault of the service", e);
            return failed(RunErrors.internal());
        }
    }

    /** Asks the model, gives it what it wishes of its tools, and asks again, until it has no more wishes; tells why it stopped. */
    private String converse(String model, Deadline deadline) throws ModelException, RunFailure, InterruptedException {
        if (progress.conversation().finished().isPresent()) {
            return progress.conversation().finished().get();
        }
        try (Toolbox toolbox = tools.tools().open(agent.tools());
                var _ = stop.closes(toolbox::close);
                Attachments files = Attachments.fetch(attachments, context.files(), writer.run().attachments(), stop, deadline)) {
            List<ToolDefinition> offered = offered(toolbox, deadline);
            var messages = new ArrayList<>(context.messages(writer.run().input(), files.blocks()));
            // The first one is the input.
            messages.addAll(progress.conversation().messages().stream().skip(1).toList());
            int first = progress.conversation().nextTurn();
            finishRound(toolbox, deadline).map(Message::results).ifPresent(messages::add);
            for (int turn = first; turn <= mostTurns(); turn++) {
                Answer answer = new ModelTurn(access.client(), access.retries(), writer, stop, meter, turn, turn == first && progress
                        .turnBegun())
                        .play(request(model, offered, messages), deadline);
                if (!answer.goesOn()) {
                    return answer.stopReason();
                }
                messages.add(Message.assistant(answer.content()));
                if (turn < mostTurns() && !answer.toolUses().isEmpty()) {
                    messages.add(Message.results(new ToolRound(tools, toolbox, writer, stop, turn).play(answer.toolUses(), deadline)));
                }
            }
            throw new RunFailure(RunErrors.tooManyTurns(mostTurns()));
        }
    }

    private int mostTurns() {
        return Math.min(tools.mostTurns(), agent.maxTurns().orElse(tools.mostTurns()));
    }

    /** The model of a run that goes on; else the agent's, and the run starts. */
    private String model() {
        return writer.run().model().orElseGet(() -> {
            String model = access.settings().resolve(agent.model());
            writer.append(new RunEvent.Started(model, access.demo()));
            LOGGER.log(Level.INFO, "The run has started, model {0}", model);
            return model;
        });
    }

    /**
     * The answers of tools to the last turn of a run that goes on, where that turn asks for some.
     *
     * @throws RunFailure when one was called and its answer never came: it may have done its work, and must not do it twice
     */
    private Optional<List<MessageBlock.ToolResult>> finishRound(Toolbox toolbox, Deadline deadline) throws RunFailure,
            InterruptedException {
        Conversation before = progress.conversation();
        List<MessageBlock.ToolUse> open = before.unanswered();
        Optional<MessageBlock.ToolUse> unknown = open.stream().filter(use -> before.called().contains(use.id())).findFirst();
        if (unknown.isPresent()) {
            throw new RunFailure(RunErrors.interrupted("The service stopped, or lost its database, while the tool " + unknown.get().name()
                    + " worked for the run; whether it did its work isn't known, so it is not called again. Start a new run."));
        }
        if (open.isEmpty() || before.nextTurn() > mostTurns()) {
            return Optional.empty();
        }
        var results = new ArrayList<>(before.answered());
        results.addAll(new ToolRound(tools, toolbox, writer, stop, before.nextTurn() - 1).play(open, deadline));
        return Optional.of(results);
    }

    private static List<ToolDefinition> offered(Toolbox toolbox, Deadline deadline) throws RunFailure, InterruptedException {
        try {
            return toolbox.tools(deadline.remaining())
                    .stream()
                    .map(tool -> new ToolDefinition(tool.name(), tool.description(), tool.inputSchema()))
                    .toList();
        } catch (ToolServerException e) {
            throw new RunFailure(RunErrors.toolServerUnavailable(String.valueOf(e.getMessage())));
        } catch (TimeoutException e) {
            throw new RunFailure(RunErrors.timedOut("Its time was up before its MCP servers were open."));
        }
    }

    /** Nothing where the run goes on elsewhere. */
    private Optional<RunEvent.Ended> stopped() {
        return switch (stop.reason().orElseThrow()) {
            case CANCELLED -> Optional.of(new RunEvent.Cancelled(meter.total(), meter.cost()));
            case SHUTDOWN, JOURNAL_LOST -> Optional.empty();
        };
    }

    private Optional<RunEvent.Ended> failed(RunError error) {
        return Optional.of(new RunEvent.Failed(error, meter.total(), meter.cost()));
    }

    private ModelRequest request(String model, List<ToolDefinition> offered, List<Message> messages) {
        return new ModelRequest(
                model,
                agent.maxTokens().orElseGet(() -> ModelRequest.defaultMaxTokens(agent.thinkingBudget())),
                context.systemPrompt().or(agent::systemPrompt),
                offered,
                messages,
                agent.temperature(),
                agent.topP(),
                agent.topK(),
                agent.thinkingBudget(),
                agent.stopSequences());
    }
}

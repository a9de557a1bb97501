package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.ModelException;
import org.claudeagentui.service.claude.ModelRequest;
import org.claudeagentui.service.claude.ToolDefinition;
import org.claudeagentui.service.tools.ToolServerException;
import org.claudeagentui.service.tools.Toolbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
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
    private final AgentProfile agent;
    private final RunWriter writer;
    private final StopSignal stop;
    private final UsageMeter meter = new UsageMeter();

    RunTask(ModelAccess access, ToolAccess tools, AgentProfile agent, RunWriter writer, StopSignal stop) {
        this.access = access;
        this.tools = tools;
        this.agent = agent;
        this.writer = writer;
        this.stop = stop;
    }

    /** Works until the run has ended and its last event is in the journal, or can't be. */
    void work(Duration timeout) {
        RunEvent.Ended end = stop.reason().isPresent() ? stopped() : outcome(timeout);
        if (stop.reason().filter(StopSignal.Reason.JOURNAL_LOST::equals).isEmpty()) {
            writer.appended(end).handle((_, _) -> true).join();
        }
    }

    private RunEvent.Ended outcome(Duration timeout) {
        try {
            String model = access.settings().resolve(agent.model());
            writer.append(new RunEvent.Started(model, access.demo()));
            LOGGER.log(Level.INFO, "The run has started, model {0}", model);
            Deadline deadline = Deadline.after(timeout);
            String reason = converse(model, deadline);
            return new RunEvent.Completed(reason, meter.total(), access.prices().cost(model, meter.total().tokens()));
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
        try (Toolbox toolbox = tools.tools().open(agent.tools()); var _ = stop.closes(toolbox::close)) {
            List<ToolDefinition> offered = offered(toolbox, deadline);
            var messages = new ArrayList<>(List.of(Message.user(writer.run().input())));
            for (int turn = 1; turn <= tools.mostTurns(); turn++) {
                Answer answer = new ModelTurn(access.client(), access.retries(), writer, stop, meter, turn)
                        .play(request(model, offered, messages), deadline);
                if (!answer.goesOn()) {
                    return answer.stopReason();
                }
                messages.add(Message.assistant(answer.content()));
                if (turn < tools.mostTurns() && !answer.toolUses().isEmpty()) {
                    messages.add(Message.results(new ToolRound(tools, toolbox, writer, stop, turn).play(answer.toolUses(), deadline)));
                }
            }
            throw new RunFailure(RunErrors.tooManyTurns(tools.mostTurns()));
        }
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

    private RunEvent.Ended stopped() {
        return switch (stop.reason().orElseThrow()) {
            case CANCELLED -> new RunEvent.Cancelled(meter.total(), cost());
            case SHUTDOWN -> failed(RunErrors.interrupted("The service was stopped before the run had ended."));
            case JOURNAL_LOST -> failed(RunErrors.interrupted("The run could not be written any more."));
        };
    }

    private RunEvent.Ended failed(RunError error) {
        return new RunEvent.Failed(error, meter.total(), cost());
    }

    private Optional<BigDecimal> cost() {
        return writer.run().model().flatMap(model -> access.prices().cost(model, meter.total().tokens()));
    }

    private ModelRequest request(String model, List<ToolDefinition> offered, List<Message> messages) {
        return new ModelRequest(
                model,
                agent.maxTokens().orElseGet(() -> ModelRequest.defaultMaxTokens(agent.thinkingBudget())),
                agent.systemPrompt(),
                offered,
                messages,
                agent.temperature(),
                agent.topP(),
                agent.topK(),
                agent.thinkingBudget(),
                agent.stopSequences());
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.claude.ModelException;
import org.claudeagentui.service.claude.ModelRequest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Drives one run from its start to its end. */
final class RunTask {

    private static final Logger LOGGER = System.getLogger(RunTask.class.getName());

    private final ModelAccess access;
    private final AgentProfile agent;
    private final RunWriter writer;
    private final StopSignal stop;
    private final UsageMeter meter = new UsageMeter();

    RunTask(ModelAccess access, AgentProfile agent, RunWriter writer, StopSignal stop) {
        this.access = access;
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
            var turn = new ModelTurn(access.client(), access.retries(), writer, stop, meter, 1);
            String reason = turn.play(request(model), deadline);
            return new RunEvent.Completed(reason, meter.total(), access.prices().cost(model, meter.total().tokens()));
        } catch (ModelException e) {
            LOGGER.log(Level.WARNING, "The model failed: {0}", e.getMessage());
            return failed(RunErrors.of(e.failure()));
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

    private ModelRequest request(String model) {
        return new ModelRequest(
                model,
                agent.maxTokens().orElseGet(() -> ModelRequest.defaultMaxTokens(agent.thinkingBudget())),
                agent.systemPrompt(),
                List.of(Message.user(writer.run().input())),
                agent.temperature(),
                agent.topP(),
                agent.topK(),
                agent.thinkingBudget(),
                agent.stopSequences());
    }
}

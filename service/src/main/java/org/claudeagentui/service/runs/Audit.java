package org.claudeagentui.service.runs;

import org.claudeagentui.service.logging.LogContext;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.StringJoiner;

/** A line of the log for each run that has ended, for who has to account for it. Nothing of what was asked or answered is in it. */
final class Audit {
    private static final Logger LOGGER = System.getLogger("audit");

    private Audit() {
    }

    static void ended(Run run) {
        var line = new StringJoiner(" ", "run ended: ", "");
        line.add("state=" + run.state().wireName()).add("agentId=" + run.agentId());
        run.user().ifPresent(user -> line.add("userId=" + user.id()));
        run.model().ifPresent(model -> line.add("model=" + model));
        RunUsage usage = run.usage().orElse(RunUsage.NONE);
        line.add("inputTokens=" + usage.tokens().inputTokens())
                .add("outputTokens=" + usage.tokens().outputTokens())
                .add("cacheCreationInputTokens=" + usage.tokens().cacheCreationInputTokens())
                .add("cacheReadInputTokens=" + usage.tokens().cacheReadInputTokens())
                .add("final=" + usage.complete());
        run.costUsd().ifPresent(cost -> line.add("costUsd=" + cost.toPlainString()));
        run.error().ifPresent(error -> line.add("error=" + error.type()));
        run.endedAt().ifPresent(end -> line.add("milliseconds=" + Duration.between(run.createdAt(), end).toMillis()));
        LogContext.withRun(run.id().toString(), () -> LOGGER.log(Level.INFO, line.toString()));
    }
}

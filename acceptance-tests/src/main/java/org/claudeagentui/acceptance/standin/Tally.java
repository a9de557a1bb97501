package org.claudeagentui.acceptance.standin;

import java.util.Optional;

/** Counts a message's tokens: one for each delta, unless the script says otherwise. */
final class Tally {
    private final Recording recording;
    private Usage usage;
    private Optional<Long> reportedOutput = Optional.empty();
    private long deltas;

    Tally(Usage usage, Recording recording) {
        this.usage = usage;
        this.recording = recording;
    }

    void delta() {
        deltas++;
    }

    void report(Step.ReportUsage reported) {
        usage = new Usage(reported.inputTokens().orElse(usage.inputTokens()),
                reported.cacheCreationInputTokens().orElse(usage.cacheCreationInputTokens()),
                reported.cacheReadInputTokens().orElse(usage.cacheReadInputTokens()), usage.outputTokens());
        reportedOutput = reported.outputTokens().or(() -> reportedOutput);
    }

    /** As a message's start tells it. */
    Usage atStart() {
        recording.usage(usage.withOutput(1), false);
        return usage.withOutput(1);
    }

    /** As a message's end tells it. */
    Usage atEnd() {
        return usage.withOutput(reportedOutput.orElse(Math.max(1, deltas)));
    }

    /** The end has been told. */
    void told(Usage last) {
        recording.usage(last, true);
    }
}

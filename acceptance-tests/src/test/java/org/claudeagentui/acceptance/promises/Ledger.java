package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.standin.RecordedRequest;

import java.util.List;

/**
 * What the service says that a run took.
 *
 * @param last whether that is the model's last word, and no lower bound
 */
record Ledger(long input, long output, long cacheCreation, long cacheRead, boolean last) {
    static Ledger of(JsonNode run) {
        JsonNode usage = run.path("usage");
        return new Ledger(usage.path("inputTokens").asLong(), usage.path("outputTokens").asLong(), usage.path("cacheCreationInputTokens")
                .asLong(), usage.path("cacheReadInputTokens").asLong(), usage.path("final").asBoolean());
    }

    /** What the stand-in reported over all that it was asked. */
    static Ledger of(List<RecordedRequest> requests) {
        return requests.stream()
                .flatMap(request -> request.usage().stream())
                .map(usage -> new Ledger(usage.inputTokens(), usage.outputTokens(), usage.cacheCreationInputTokens(), usage
                        .cacheReadInputTokens(), usage.last()))
                .reduce(new Ledger(0, 0, 0, 0, true), Ledger::plus);
    }

    Ledger plus(Ledger other) {
        return new Ledger(input + other.input, output + other.output, cacheCreation + other.cacheCreation, cacheRead + other.cacheRead,
                last && other.last);
    }

    /** Says that it is right: the same to the token where it calls itself final, and no more where it calls itself a lower bound. */
    String judge(List<RecordedRequest> requests) {
        Ledger reported = of(requests);
        boolean right = last ? equals(reported) : isAtMost(reported);
        return right ? "ledger right" : "ledger %s for %s".formatted(this, reported);
    }

    private boolean isAtMost(Ledger reported) {
        return input <= reported.input && output <= reported.output && cacheCreation <= reported.cacheCreation
                && cacheRead <= reported.cacheRead;
    }
}

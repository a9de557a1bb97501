package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.TokenUsage;

import java.util.Objects;

/**
 * The tokens that a run took.
 *
 * @param tokens what the model reported, all turns and attempts together
 * @param complete false when the model's last word is missing: then it was at least that much
 */
public record RunUsage(TokenUsage tokens, boolean complete) {

    /** Nothing was asked of the model. */
    public static final RunUsage NONE = new RunUsage(TokenUsage.NONE, true);

    /** Refuses missing counts. */
    public RunUsage {
        Objects.requireNonNull(tokens, "tokens");
    }

    /** The usage as clients see it. */
    public JsonObject toJson() {
        return RunJson.usage(this).build();
    }

    /** This and what another answer took. */
    public RunUsage plus(RunUsage other) {
        return new RunUsage(tokens.plus(other.tokens), complete && other.complete);
    }
}

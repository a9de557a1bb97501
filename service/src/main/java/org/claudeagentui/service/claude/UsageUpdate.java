package org.claudeagentui.service.claude;

import java.util.OptionalLong;

/**
 * Counts as a streamed event gives them: each is the total of the message so far, and any may be missing.
 *
 * @param inputTokens see {@link TokenUsage}
 * @param outputTokens see {@link TokenUsage}
 * @param cacheCreationInputTokens see {@link TokenUsage}
 * @param cacheReadInputTokens see {@link TokenUsage}
 */
public record UsageUpdate(
        OptionalLong inputTokens, OptionalLong outputTokens, OptionalLong cacheCreationInputTokens, OptionalLong cacheReadInputTokens) {

    /** The totals after this update. */
    public TokenUsage applyTo(TokenUsage before) {
        return new TokenUsage(
                inputTokens.orElse(before.inputTokens()),
                outputTokens.orElse(before.outputTokens()),
                cacheCreationInputTokens.orElse(before.cacheCreationInputTokens()),
                cacheReadInputTokens.orElse(before.cacheReadInputTokens()));
    }
}

package org.claudeagentui.service.claude;

/**
 * What the model has counted so far, in tokens. The four counts are disjoint.
 *
 * @param inputTokens tokens read and not taken from or written to the cache
 * @param outputTokens tokens written
 * @param cacheCreationInputTokens tokens read and written to the cache
 * @param cacheReadInputTokens tokens taken from the cache
 */
public record TokenUsage(long inputTokens, long outputTokens, long cacheCreationInputTokens, long cacheReadInputTokens) {

    /** Nothing counted yet. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0);

    /** Refuses negative counts. */
    public TokenUsage {
        if (inputTokens < 0 || outputTokens < 0 || cacheCreationInputTokens < 0 || cacheReadInputTokens < 0) {
            throw new IllegalArgumentException("token counts must not be negative");
        }
    }

    /** The sum of both, count by count. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheCreationInputTokens + other.cacheCreationInputTokens,
                cacheReadInputTokens + other.cacheReadInputTokens);
    }
}

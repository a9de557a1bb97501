package org.claudeagentui.service.claude;

import org.claudeagentui.service.tracing.Span;

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

    /** Tells a step of a trace of them; the input is all that was read there, from the cache or not. */
    public void tell(Span span) {
        span.with("gen_ai.usage.input_tokens", inputTokens + cacheCreationInputTokens + cacheReadInputTokens)
                .with("gen_ai.usage.output_tokens", outputTokens)
                .with("gen_ai.usage.cache_creation.input_tokens", cacheCreationInputTokens)
                .with("gen_ai.usage.cache_read.input_tokens", cacheReadInputTokens);
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

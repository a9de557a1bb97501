package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a message cost, in tokens. */
record Usage(long inputTokens, long cacheCreationInputTokens, long cacheReadInputTokens, long outputTokens) {
    Usage withOutput(long tokens) {
        return new Usage(inputTokens, cacheCreationInputTokens, cacheReadInputTokens, tokens);
    }

    ObjectNode json() {
        return Json.object()
                .put("input_tokens", inputTokens)
                .put("cache_creation_input_tokens", cacheCreationInputTokens)
                .put("cache_read_input_tokens", cacheReadInputTokens)
                .put("output_tokens", outputTokens);
    }
}

package org.claudeagentui.service.claude;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One question to the model. What is not set is not sent, so that the model's own defaults hold.
 *
 * @param model the model's full name
 * @param maxTokens most tokens of the answer, thinking included; at least 1
 * @param system the system prompt
 * @param tools the tools that the model may wish to use, each name once
 * @param messages the conversation so far, at least one message
 * @param temperature sampling temperature, 0 to 1
 * @param topP nucleus sampling, 0 to 1
 * @param topK sampling from the k likeliest tokens
 * @param thinkingBudget most tokens of extended thinking; nothing switches thinking off
 * @param stopSequences texts that end the answer
 */
public record ModelRequest(
        String model,
        int maxTokens,
        Optional<String> system,
        List<ToolDefinition> tools,
        List<Message> messages,
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalInt thinkingBudget,
        List<String> stopSequences) {

    private static final int DEFAULT_ANSWER_TOKENS = 8192;

    /** Checks that there is something to ask. */
    public ModelRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(topP, "topP");
        Objects.requireNonNull(topK, "topK");
        Objects.requireNonNull(thinkingBudget, "thinkingBudget");
        tools = List.copyOf(tools);
        messages = List.copyOf(messages);
        stopSequences = List.copyOf(stopSequences);
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1");
        }
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request needs a message");
        }
    }

    /** What {@link #maxTokens()} is when nobody chose: 8,192 for the answer, and the thinking besides. */
    public static int defaultMaxTokens(OptionalInt thinkingBudget) {
        return DEFAULT_ANSWER_TOKENS + thinkingBudget.orElse(0);
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.tools.ToolSelection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a run needs to know of its agent.
 *
 * @param id the agent's document id
 * @param name the name people gave it
 * @param enabled whether it may be run
 * @param systemPrompt the system prompt; nothing when it is blank
 * @param model the model's alias or full name
 * @param temperature sampling temperature, 0 to 1
 * @param topP nucleus sampling, 0 to 1
 * @param topK sampling from the k likeliest tokens
 * @param maxTokens most tokens of an answer
 * @param thinkingBudget most tokens of extended thinking; nothing switches thinking off
 * @param stopSequences texts that end an answer
 * @param timeout longest time a run of this agent may take; nothing means the service's own limit
 * @param maxTurns most answers of the model in a run of this agent; nothing means the service's own limit
 * @param tools the tools that it has
 */
public record AgentProfile(
        String id,
        String name,
        boolean enabled,
        Optional<String> systemPrompt,
        String model,
        OptionalDouble temperature,
        OptionalDouble topP,
        OptionalInt topK,
        OptionalInt maxTokens,
        OptionalInt thinkingBudget,
        List<String> stopSequences,
        Optional<Duration> timeout,
        OptionalInt maxTurns,
        ToolSelection tools) {

    /** Checks that what every run needs is there. */
    public AgentProfile {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(systemPrompt, "systemPrompt");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(topP, "topP");
        Objects.requireNonNull(topK, "topK");
        Objects.requireNonNull(maxTokens, "maxTokens");
        Objects.requireNonNull(thinkingBudget, "thinkingBudget");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(maxTurns, "maxTurns");
        Objects.requireNonNull(tools, "tools");
        stopSequences = List.copyOf(stopSequences);
    }
}

package org.claudeagentui.service.agents;

import jakarta.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An agent: what people configure once and run often.
 *
 * @param id its document id
 * @param name its name, of which there is one
 * @param slug its name for use in addresses
 * @param description what it is for
 * @param systemPrompt its instructions to the model
 * @param enabled whether it may be run
 * @param model alias or full id of its model; nothing leaves that to the service
 * @param sampling how the model chooses its words
 * @param limits what a run of it may use up
 * @param allowedTools the tools that it may use; none named means all
 * @param disallowedTools the tools that it may not use
 * @param skills the skills that it has
 * @param mcpServers the MCP servers whose tools it has
 * @param metadata whatever its owner wants to keep with it
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
record Agent(
        String id,
        String name,
        Optional<String> slug,
        Optional<String> description,
        String systemPrompt,
        boolean enabled,
        Optional<String> model,
        Sampling sampling,
        Limits limits,
        List<String> allowedTools,
        List<String> disallowedTools,
        List<SkillText> skills,
        List<Server> mcpServers,
        JsonObject metadata,
        Instant createdAt,
        Instant updatedAt) {

    Agent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        allowedTools = List.copyOf(allowedTools);
        disallowedTools = List.copyOf(disallowedTools);
        skills = List.copyOf(skills);
        mcpServers = List.copyOf(mcpServers);
    }

    /**
     * How the model chooses its words.
     *
     * @param temperature 0 to 1
     * @param topP 0 to 1
     * @param topK from 1
     * @param stopSequences texts that end an answer
     */
    record Sampling(OptionalDouble temperature, OptionalDouble topP, OptionalInt topK, List<String> stopSequences) {
        Sampling {
            stopSequences = List.copyOf(stopSequences);
        }
    }

    /**
     * What a run may use up.
     *
     * @param maxTokens most tokens of an answer
     * @param thinkingBudget most tokens of thinking; nothing means that it doesn't think
     * @param timeout longest time of a run
     * @param maxTurns most answers of the model in a run
     */
    record Limits(OptionalInt maxTokens, OptionalInt thinkingBudget, Optional<Duration> timeout, OptionalInt maxTurns) {}

    /**
     * An MCP server.
     *
     * @param id its document id
     * @param name its name
     * @param disabled whether its tools are out of use
     */
    record Server(String id, String name, boolean disabled) {}
}

package org.claudeagentui.service.agents;

import jakarta.inject.Inject;
import org.claudeagentui.service.runs.AgentLookup;
import org.claudeagentui.service.runs.AgentProfile;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.tools.ToolSelection;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** Tells runs what they need to know of an agent. */
@Single
final class AgentProfiles implements AgentLookup {
    private final Agents agents;
    private final String usualModel;

    @Inject
    AgentProfiles(Agents agents, Settings settings) {
        this.agents = agents;
        var aliases = settings.model().aliases();
        this.usualModel = aliases.containsKey("sonnet") ? "sonnet" : aliases.firstEntry().getKey();
    }

    @Override
    public Optional<AgentProfile> find(String agentId) {
        return agents.find(agentId).map(this::profile);
    }

    private AgentProfile profile(Agent agent) {
        return new AgentProfile(agent.id(), agent.name(), agent.enabled(), Optional.of(Instructions.of(agent.systemPrompt(), agent
                .skills())).filter(text -> !text.isBlank()),
                agent.model().orElse(usualModel), agent.sampling().temperature(), agent.sampling().topP(), agent.sampling().topK(),
                agent.limits().maxTokens(), agent.limits().thinkingBudget(), agent.sampling().stopSequences(), agent.limits().timeout(),
                agent.limits().maxTurns(),
                tools(agent));
    }

    private static ToolSelection tools(Agent agent) {
        var servers = agent.mcpServers()
                .stream()
                .filter(server -> !server.disabled())
                .map(server -> new ToolSelection.Server(server.id(), server.name()))
                .toList();
        return new ToolSelection(servers, agent.allowedTools(), agent.disallowedTools());
    }
}

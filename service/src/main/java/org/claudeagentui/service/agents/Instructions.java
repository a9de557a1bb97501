package org.claudeagentui.service.agents;

import jakarta.inject.Inject;
import org.claudeagentui.service.wiring.Single;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What agents are told before all else. */
@Single
public final class Instructions {
    private final Agents agents;

    @Inject
    Instructions(Agents agents) {
        this.agents = agents;
    }

    /**
     * The instructions of an agent that is told other things.
     *
     * @param agentId its document id, any text
     * @param instead takes the place of its own instructions; its skills stay
     * @param further skills that it has besides
     * @return nothing where there is no such agent
     */
    public Optional<String> of(String agentId, Optional<String> instead, List<SkillText> further) {
        return agents.find(agentId).map(agent -> {
            var skills = new LinkedHashMap<String, SkillText>();
            agent.skills().forEach(skill -> skills.put(skill.id(), skill));
            further.forEach(skill -> skills.putIfAbsent(skill.id(), skill));
            return of(instead.orElse(agent.systemPrompt()), skills.values());
        });
    }

    /** A prompt, then the instructions of skills, each under its name. */
    static String of(String prompt, Collection<SkillText> skills) {
        return prompt + skills.stream()
                .filter(skill -> !skill.content().isBlank())
                .map(skill -> "\n\n<skill name=\"%s\">\n%s\n</skill>".formatted(skill.name().replace('"', '\''), skill.content().strip()))
                .collect(Collectors.joining());
    }
}

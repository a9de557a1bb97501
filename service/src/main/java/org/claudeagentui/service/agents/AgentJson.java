package org.claudeagentui.service.agents;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.claudeagentui.service.web.Jsons;

import java.time.Instant;
import java.util.List;

import static org.claudeagentui.service.entries.Attributes.milliseconds;
import static org.claudeagentui.service.entries.Attributes.number;
import static org.claudeagentui.service.entries.Attributes.object;
import static org.claudeagentui.service.entries.Attributes.objects;
import static org.claudeagentui.service.entries.Attributes.text;
import static org.claudeagentui.service.entries.Attributes.texts;
import static org.claudeagentui.service.entries.Attributes.whole;

/** An agent as Strapi keeps it and as clients see it. */
final class AgentJson {
    private AgentJson() {
    }

    static Agent read(JsonObject entry) {
        return new Agent(entry.getString("documentId"), entry.getString("name"), text(entry, "slug"), text(entry, "description"),
                entry.getString("systemPrompt"), entry.getBoolean("enabled", true), text(entry, "model"),
                new Agent.Sampling(number(entry, "temperature"), number(entry, "topP"), whole(entry, "topK"), texts(entry,
                        "stopSequences")),
                new Agent.Limits(whole(entry, "maxTokens"), whole(entry, "thinkingBudget"), milliseconds(entry, "timeoutMs"), whole(entry,
                        "maxTurns")),
                texts(entry, "allowedTools"), texts(entry, "disallowedTools"), skills(entry), servers(entry), object(entry, "metadata"),
                Instant.parse(entry.getString("createdAt")), Instant.parse(entry.getString("updatedAt")));
    }

    static JsonObject write(Agent agent) {
        var json = Jsons.PROVIDER.createObjectBuilder().add("id", agent.id()).add("name", agent.name());
        agent.slug().ifPresent(slug -> json.add("slug", slug));
        agent.description().ifPresent(description -> json.add("description", description));
        json.add("systemPrompt", agent.systemPrompt()).add("enabled", agent.enabled());
        agent.model().ifPresent(model -> json.add("model", model));
        write(agent.sampling(), json);
        write(agent.limits(), json);
        return json.add("allowedTools", Jsons.PROVIDER.createArrayBuilder(agent.allowedTools()))
                .add("disallowedTools", Jsons.PROVIDER.createArrayBuilder(agent.disallowedTools()))
                .add("skills", Jsons.PROVIDER.createArrayBuilder(agent.skills().stream().map(SkillText::id).toList()))
                .add("mcpServers", Jsons.PROVIDER.createArrayBuilder(agent.mcpServers().stream().map(Agent.Server::id).toList()))
                .add("metadata", agent.metadata())
                .add("createdAt", agent.createdAt().toString())
                .add("updatedAt", agent.updatedAt().toString())
                .build();
    }

    private static void write(Agent.Sampling sampling, JsonObjectBuilder json) {
        sampling.temperature().ifPresent(value -> json.add("temperature", value));
        sampling.topP().ifPresent(value -> json.add("topP", value));
        sampling.topK().ifPresent(value -> json.add("topK", value));
        json.add("stopSequences", Jsons.PROVIDER.createArrayBuilder(sampling.stopSequences()));
    }

    private static void write(Agent.Limits limits, JsonObjectBuilder json) {
        limits.maxTokens().ifPresent(value -> json.add("maxTokens", value));
        limits.thinkingBudget().ifPresent(value -> json.add("thinkingBudget", value));
        limits.timeout().ifPresent(value -> json.add("timeoutMs", value.toMillis()));
        limits.maxTurns().ifPresent(value -> json.add("maxTurns", value));
    }

    private static List<SkillText> skills(JsonObject entry) {
        return objects(entry, "skills").map(SkillText::of).toList();
    }

    private static List<Agent.Server> servers(JsonObject entry) {
        return objects(entry, "mcpServers")
                .map(server -> new Agent.Server(server.getString("documentId"), server.getString("name"), server.getBoolean("disabled",
                        false)))
                .toList();
    }
}

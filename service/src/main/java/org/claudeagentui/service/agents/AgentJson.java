package org.claudeagentui.service.agents;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.web.Jsons;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** An agent as Strapi keeps it and as clients see it. */
final class AgentJson {
    private AgentJson() {
    }

    static Agent read(JsonObject entry) {
        return new Agent(entry.getString("documentId"), entry.getString("name"), text(entry, "slug"), text(entry, "description"),
                entry.getString("systemPrompt"), entry.getBoolean("enabled", true), text(entry, "model"),
                new Agent.Sampling(number(entry, "temperature"), number(entry, "topP"), whole(entry, "topK"), texts(entry,
                        "stopSequences")),
                new Agent.Limits(whole(entry, "maxTokens"), whole(entry, "thinkingBudget"), milliseconds(entry, "timeoutMs")),
                texts(entry, "allowedTools"), texts(entry, "disallowedTools"), skills(entry), object(entry, "metadata"),
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
                .add("skills", Jsons.PROVIDER.createArrayBuilder(agent.skills().stream().map(Agent.Skill::id).toList()))
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
    }

    private static Optional<String> text(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static OptionalDouble number(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonNumber number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    private static OptionalInt whole(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonNumber number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }

    private static Optional<Duration> milliseconds(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonNumber number ? Optional.of(Duration.ofMillis(number.longValue())) : Optional.empty();
    }

    private static JsonObject object(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static List<String> texts(JsonObject entry, String name) {
        return list(entry, name).stream().filter(JsonString.class::isInstance).map(value -> ((JsonString) value).getString()).toList();
    }

    private static List<Agent.Skill> skills(JsonObject entry) {
        return list(entry, "skills").stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject)
                .map(skill -> new Agent.Skill(skill.getString("documentId"), skill.getString("name"), text(skill, "content").orElse("")))
                .toList();
    }

    private static JsonArray list(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonArray list ? list : JsonValue.EMPTY_JSON_ARRAY;
    }
}

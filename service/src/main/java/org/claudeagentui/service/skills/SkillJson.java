package org.claudeagentui.service.skills;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.Jsons;

import java.time.Instant;

import static org.claudeagentui.service.entries.Attributes.objects;
import static org.claudeagentui.service.entries.Attributes.text;
import static org.claudeagentui.service.entries.Attributes.texts;

/** A skill as Strapi keeps it and as clients see it. */
final class SkillJson {
    private SkillJson() {
    }

    static Skill read(JsonObject entry) {
        return new Skill(entry.getString("documentId"), entry.getString("name"), text(entry, "displayName"), text(entry, "description"),
                text(entry, "content"), text(entry, "category"), text(entry, "version"), text(entry, "license"),
                objects(entry, "inputFields").toList(), texts(entry, "allowedTools"), Instant.parse(entry.getString("createdAt")),
                Instant.parse(entry.getString("updatedAt")));
    }

    static JsonObject write(Skill skill) {
        var json = Jsons.PROVIDER.createObjectBuilder().add("id", skill.id()).add("name", skill.name());
        skill.displayName().ifPresent(name -> json.add("displayName", name));
        skill.description().ifPresent(description -> json.add("description", description));
        skill.content().ifPresent(content -> json.add("content", content));
        skill.category().ifPresent(category -> json.add("category", category));
        skill.version().ifPresent(version -> json.add("version", version));
        skill.license().ifPresent(license -> json.add("license", license));
        return json.add("inputFields", Jsons.PROVIDER.createArrayBuilder(skill.inputFields()))
                .add("allowedTools", Jsons.PROVIDER.createArrayBuilder(skill.allowedTools()))
                .add("createdAt", skill.createdAt().toString())
                .add("updatedAt", skill.updatedAt().toString())
                .build();
    }
}

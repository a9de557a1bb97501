package org.claudeagentui.service.agents;

import jakarta.json.JsonObject;
import org.claudeagentui.service.entries.Attributes;

import java.util.Objects;

/**
 * Instructions that agents share.
 *
 * @param id the skill's document id
 * @param name its name
 * @param content the instructions; blank where it has none
 */
public record SkillText(String id, String name, String content) {

    /** Refuses to be incomplete. */
    public SkillText {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
    }

    /** A skill as Strapi keeps it. */
    public static SkillText of(JsonObject entry) {
        return new SkillText(entry.getString("documentId"), entry.getString("name"), Attributes.text(entry, "content").orElse(""));
    }
}

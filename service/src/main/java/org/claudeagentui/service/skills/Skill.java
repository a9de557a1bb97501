package org.claudeagentui.service.skills;

import jakarta.json.JsonObject;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A skill: instructions that agents share, without the files that Strapi may keep with them.
 *
 * @param id its document id
 * @param name its name, of which there is one
 * @param displayName what people read instead
 * @param description what it is for
 * @param content the instructions
 * @param category what kind of skill it is
 * @param version which edition it is
 * @param license under what terms others may use it
 * @param inputFields what it asks of whoever uses it
 * @param allowedTools the tools that it is made for
 * @param createdAt when it was made
 * @param updatedAt when it was last changed
 */
record Skill(
        String id,
        String name,
        Optional<String> displayName,
        Optional<String> description,
        Optional<String> content,
        Optional<String> category,
        Optional<String> version,
        Optional<String> license,
        List<JsonObject> inputFields,
        List<String> allowedTools,
        Instant createdAt,
        Instant updatedAt) {

    Skill {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        inputFields = List.copyOf(inputFields);
        allowedTools = List.copyOf(allowedTools);
    }
}

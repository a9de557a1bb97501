package org.claudeagentui.service.chats;

import jakarta.json.JsonObject;
import org.claudeagentui.service.agents.SkillText;
import org.claudeagentui.service.web.Jsons;

import java.time.Instant;
import java.util.Optional;

import static org.claudeagentui.service.entries.Attributes.object;
import static org.claudeagentui.service.entries.Attributes.objects;
import static org.claudeagentui.service.entries.Attributes.text;

/** A chat as Strapi keeps it and as clients see it. */
final class ChatJson {
    private ChatJson() {
    }

    static Chat read(JsonObject entry) {
        var createdAt = Instant.parse(entry.getString("createdAt"));
        return new Chat(entry.getString("documentId"), entry.getString("title"), Optional.of(object(entry, "agent"))
                .flatMap(agent -> text(agent, "documentId")), objects(entry, "skills").map(SkillText::of).toList(),
                text(entry, "customSystemPrompt").filter(prompt -> !prompt.isBlank()), entry.getBoolean("archived", false), text(entry,
                        "owner"),
                createdAt, Instant.parse(entry.getString("updatedAt")), text(entry, "lastActiveAt").map(Instant::parse).orElse(createdAt));
    }

    static JsonObject write(Chat chat) {
        var json = Jsons.PROVIDER.createObjectBuilder().add("id", chat.id()).add("title", chat.title());
        chat.agent().ifPresent(agent -> json.add("agent", agent));
        json.add("skills", Jsons.PROVIDER.createArrayBuilder(chat.skills().stream().map(SkillText::id).toList()));
        chat.customSystemPrompt().ifPresent(prompt -> json.add("customSystemPrompt", prompt));
        json.add("archived", chat.archived());
        chat.owner().ifPresent(owner -> json.add("owner", owner));
        return json.add("createdAt", chat.createdAt().toString())
                .add("updatedAt", chat.updatedAt().toString())
                .add("lastActiveAt", chat.lastActiveAt().toString())
                .build();
    }
}

package org.claudeagentui.service.chats;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.entries.Attributes;
import org.claudeagentui.service.runs.Attachment;
import org.claudeagentui.service.runs.AttachmentJson;
import org.claudeagentui.service.web.Jsons;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was said in a chat.
 *
 * @param id its document id
 * @param role whether its user said it, or the agent
 * @param content the text; of an answer it may be empty
 * @param attachments the files that were given along
 * @param runId the run that it is of
 * @param outcome how an answer's run ended
 * @param usage what an answer took
 * @param createdAt when it was kept
 */
record ChatMessage(String id, Role role, String content, List<Attachment> attachments, String runId, Optional<Outcome> outcome,
        JsonObject usage, String createdAt) {

    /** Who says something. */
    enum Role {
        USER("user"), ASSISTANT("assistant");

        private final String wireName;

        Role(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** How an answer ended. */
    enum Outcome {
        COMPLETED("completed"), FAILED("failed"), CANCELLED("cancelled");

        private final String wireName;

        Outcome(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    ChatMessage {
        Objects.requireNonNull(content, "content");
        attachments = List.copyOf(attachments);
    }

    static ChatMessage read(JsonObject entry) {
        var role = entry.getString("role").equals(Role.USER.wireName()) ? Role.USER : Role.ASSISTANT;
        return new ChatMessage(entry.getString("documentId"), role, Attributes.text(entry, "content").orElse(""),
                entry.get("attachments") instanceof JsonArray kept ? AttachmentJson.read(kept) : List.of(), entry.getString("runId"),
                Attributes.text(entry, "outcome").flatMap(ChatMessage::outcome), Attributes.object(entry, "usage"), entry.getString(
                        "createdAt"));
    }

    private static Optional<Outcome> outcome(String wireName) {
        return List.of(Outcome.values()).stream().filter(outcome -> outcome.wireName().equals(wireName)).findFirst();
    }

    JsonObject toJson() {
        var json = Jsons.PROVIDER.createObjectBuilder()
                .add("id", id)
                .add("role", role.wireName())
                .add("content", content);
        if (!attachments.isEmpty()) {
            json.add("attachments", AttachmentJson.told(attachments));
        }
        json.add("runId", runId);
        outcome.ifPresent(how -> json.add("outcome", how.wireName()));
        if (!usage.equals(JsonValue.EMPTY_JSON_OBJECT)) {
            json.add("usage", usage);
        }
        return json.add("createdAt", createdAt).build();
    }
}

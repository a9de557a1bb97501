package org.claudeagentui.service.tasks;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.Jsons;

import java.time.Instant;
import java.util.Optional;

import static org.claudeagentui.service.entries.Attributes.object;
import static org.claudeagentui.service.entries.Attributes.text;

/** A task as Strapi keeps it and as clients see it. */
final class TaskJson {
    private TaskJson() {
    }

    static Task read(JsonObject entry) {
        return new Task(entry.getString("documentId"), entry.getString("name"), text(entry, "description"), entry.getString("prompt"),
                object(entry, "inputValues"), Optional.of(object(entry, "agent")).flatMap(agent -> text(agent, "documentId")),
                entry.getString("state", Task.IDLE), text(entry, "lastRunId"), text(entry, "owner"), Instant.parse(entry.getString(
                        "createdAt")),
                Instant.parse(entry.getString("updatedAt")));
    }

    static JsonObject write(Task task) {
        var json = Jsons.PROVIDER.createObjectBuilder().add("id", task.id()).add("name", task.name());
        task.description().ifPresent(description -> json.add("description", description));
        json.add("prompt", task.prompt()).add("inputValues", task.inputValues());
        task.agent().ifPresent(agent -> json.add("agent", agent));
        json.add("state", task.state());
        task.lastRunId().ifPresent(run -> json.add("lastRunId", run));
        task.owner().ifPresent(owner -> json.add("owner", owner));
        return json.add("createdAt", task.createdAt().toString()).add("updatedAt", task.updatedAt().toString()).build();
    }
}

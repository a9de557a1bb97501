package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.claudeagentui.service.web.Jsons;

/** A run as clients see it. Members that are not known yet, or never will be, are absent. */
final class RunJson {

    private RunJson() {
    }

    static JsonObject of(Run run) {
        JsonObjectBuilder json = Jsons.PROVIDER.createObjectBuilder()
                .add("id", run.id().toString())
                .add("agentId", run.agentId())
                .add("agentName", run.agentName());
        run.user().ifPresent(user -> json.add("userId", user.id()).add("userName", user.name()));
        json.add("state", run.state().wireName()).add("input", run.input());
        if (!run.attachments().isEmpty()) {
            json.add("attachments", AttachmentJson.told(run.attachments()));
        }
        run.output().ifPresent(text -> json.add("output", text));
        run.model().ifPresent(model -> json.add("model", model));
        json.add("createdAt", RunsJson.time(run.createdAt()));
        run.startedAt().ifPresent(at -> json.add("startedAt", RunsJson.time(at)));
        run.endedAt().ifPresent(at -> json.add("endedAt", RunsJson.time(at)));
        run.usage().ifPresent(usage -> json.add("usage", usage(usage)));
        run.costUsd().ifPresent(cost -> json.add("costUsd", cost));
        run.error().ifPresent(error -> json.add("error", error(error)));
        return json.build();
    }

    static JsonObjectBuilder usage(RunUsage usage) {
        return Jsons.PROVIDER.createObjectBuilder()
                .add("inputTokens", usage.tokens().inputTokens())
                .add("outputTokens", usage.tokens().outputTokens())
                .add("cacheCreationInputTokens", usage.tokens().cacheCreationInputTokens())
                .add("cacheReadInputTokens", usage.tokens().cacheReadInputTokens())
                .add("final", usage.complete());
    }

    private static JsonObjectBuilder error(RunError error) {
        return Jsons.PROVIDER.createObjectBuilder().add("type", error.type()).add("title", error.title()).add("detail", error.detail());
    }
}

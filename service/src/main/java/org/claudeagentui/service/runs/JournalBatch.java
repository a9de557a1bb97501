package org.claudeagentui.service.runs;

import jakarta.json.stream.JsonGenerator;
import org.claudeagentui.service.idempotency.KeyedRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** What goes into the journal with one commit, as the one JSON parameter of the statement. */
final class JournalBatch {

    private static final int EVENT_FORMAT = 1;

    private JournalBatch() {
    }

    static String json(List<JournalEntry> entries) {
        SequencedMap<RunId, Run> rows = new LinkedHashMap<>();
        for (JournalEntry entry : entries) {
            if (entry.rowChanged()) {
                rows.put(entry.run().id(), entry.run());
            }
        }
        return RunsJson.object(json -> {
            json.writeStartArray("runs");
            rows.forEach((_, run) -> writeRun(json, run));
            json.writeEnd();
            json.writeStartArray("keys");
            entries.forEach(entry -> entry.key().ifPresent(key -> writeKey(json, entry.run().id(), key)));
            json.writeEnd();
            json.writeStartArray("events");
            entries.forEach(entry -> writeEvent(json, entry));
            json.writeEnd();
        });
    }

    private static void writeRun(JsonGenerator json, Run run) {
        json.writeStartObject()
                .write("id", run.id().toString())
                .write("agent_id", run.agentId())
                .write("agent_name", run.agentName())
                .write("state", run.state().wireName())
                .write("input", run.input())
                .write("attachments", AttachmentJson.kept(run.attachments()))
                .write("created_at", RunsJson.time(run.createdAt()));
        run.user().ifPresent(user -> writeAll(json, Map.of("user_id", user.id(), "user_name", user.name())));
        run.trace().ifPresent(trace -> json.write("trace", trace.header()));
        run.output().ifPresent(text -> json.write("output", text));
        run.model().ifPresent(model -> json.write("model", model));
        run.startedAt().ifPresent(at -> json.write("started_at", RunsJson.time(at)));
        run.endedAt().ifPresent(at -> json.write("ended_at", RunsJson.time(at)));
        run.usage().ifPresent(usage -> writeUsage(json, usage));
        run.costUsd().ifPresent(cost -> json.write("cost_usd", cost));
        run.error()
                .ifPresent(error -> writeAll(json, Map.of("error_type", error.type(), "error_title", error.title(), "error_detail", error
                        .detail())));
        json.writeEnd();
    }

    private static void writeUsage(JsonGenerator json, RunUsage usage) {
        json.write("input_tokens", usage.tokens().inputTokens())
                .write("output_tokens", usage.tokens().outputTokens())
                .write("cache_creation_input_tokens", usage.tokens().cacheCreationInputTokens())
                .write("cache_read_input_tokens", usage.tokens().cacheReadInputTokens())
                .write("usage_complete", usage.complete());
    }

    private static void writeAll(JsonGenerator json, Map<String, String> members) {
        members.forEach(json::write);
    }

    private static void writeKey(JsonGenerator json, RunId run, KeyedRequest key) {
        json.writeStartObject().write("run_id", run.toString()).write("key", key.key()).write("body", key.body()).writeEnd();
    }

    private static void writeEvent(JsonGenerator json, JournalEntry entry) {
        json.writeStartObject()
                .write("run_id", entry.run().id().toString())
                .write("epoch", entry.tenure().epoch())
                .write("seq", entry.event().seq())
                .write("format", EVENT_FORMAT)
                .write("type", entry.event().type())
                .write("data", entry.event().data())
                .writeEnd();
    }
}

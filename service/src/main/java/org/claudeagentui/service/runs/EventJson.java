package org.claudeagentui.service.runs;

import jakarta.json.stream.JsonGenerator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** An event's JSON. Written once, kept as text and replayed as kept. */
final class EventJson {

    private EventJson() {
    }

    static String write(RunId run, long seq, Instant at, RunEvent event) {
        // What a model writes may hold half of a surrogate pair, in the midst of JSON too.
        return ModelText.wellFormed(RunsJson.object(json -> {
            json.write("runId", run.toString()).write("seq", seq).write("type", event.type()).write("at", RunsJson.time(at));
            writeMembers(json, event);
        }));
    }

    private static void writeMembers(JsonGenerator json, RunEvent event) {
        switch (event) {
            case RunEvent.Queued(String agentId, String agentName, int position) ->
                json.write("agentId", agentId).write("agentName", agentName).write("position", position);
            case RunEvent.Started(String model, boolean demo) -> json.write("model", model).write("demo", demo);
            case RunEvent.TurnStarted(int turn) -> json.write("turn", turn);
            case RunEvent.TextDelta(int turn, String text) -> json.write("turn", turn).write("text", text);
            case RunEvent.ThinkingDelta(int turn, String text) -> json.write("turn", turn).write("text", text);
            case RunEvent.UsageCounted(RunUsage usage, Optional<BigDecimal> costUsd) -> {
                RunsJson.writeUsage(json, usage);
                costUsd.ifPresent(cost -> json.write("costUsd", cost));
            }
            case RunEvent.TurnCompleted completed -> writeCompleted(json, completed);
            case RunEvent.ToolCalled called -> json.write("turn", called.turn())
                    .write("toolUseId", called.toolUseId())
                    .write("name", called.name())
                    .write("input", called.input());
            case RunEvent.ToolReturned returned -> json.write("turn", returned.turn())
                    .write("toolUseId", returned.toolUseId())
                    .write("name", returned.name())
                    .write("isError", returned.isError())
                    .write("content", returned.content())
                    .write("durationMs", returned.durationMs());
            case RunEvent.TurnRestarted(int turn, String reason) -> json.write("turn", turn).write("reason", reason);
            case RunEvent.Ended ended -> writeEnd(json, ended);
        }
    }

    private static void writeCompleted(JsonGenerator json, RunEvent.TurnCompleted event) {
        json.write("turn", event.turn()).write("stopReason", event.stopReason());
        if (!event.content().isEmpty()) {
            json.writeStartArray("content");
            event.content().forEach(block -> json.write(block.toJson()));
            json.writeEnd();
        }
    }

    private static void writeEnd(JsonGenerator json, RunEvent.Ended event) {
        switch (event) {
            case RunEvent.Completed completed -> json.write("stopReason", completed.stopReason());
            case RunEvent.Failed failed -> RunsJson.writeError(json, failed.error());
            case RunEvent.Cancelled _ -> {
                // What it took says all.
            }
        }
        json.writeStartObject("usage");
        RunsJson.writeUsage(json, event.usage());
        json.writeEnd();
        event.costUsd().ifPresent(cost -> json.write("costUsd", cost));
    }
}

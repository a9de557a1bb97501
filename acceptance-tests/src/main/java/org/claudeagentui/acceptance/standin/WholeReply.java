package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A message told in one JSON document, after the time that its deltas would have taken. */
final class WholeReply implements Reply {
    private static final String CONTENT_TYPE = "application/json";

    private final Wire wire;
    private final String messageId;
    private final String model;
    private final Tally tally;
    private final ArrayNode content = Json.array();
    private final StringBuilder said = new StringBuilder();
    private Optional<ObjectNode> open = Optional.empty();
    private String reason = "end_turn";
    private Optional<String> sequence = Optional.empty();
    private boolean over;

    WholeReply(Wire wire, String messageId, String model, Tally tally) {
        this.wire = wire;
        this.messageId = messageId;
        this.model = model;
        this.tally = tally;
    }

    @Override
    public void begin(int status, Duration perByte) throws IOException, InterruptedException {
        if (!wire.begun()) {
            wire.begin(status, CONTENT_TYPE, perByte);
        }
    }

    @Override
    public void start() {
        tally.atStart();
    }

    @Override
    public void text(String delta) throws IOException {
        say("text", delta);
    }

    @Override
    public void thinking(String delta) throws IOException {
        say("thinking", delta);
    }

    @Override
    public void signature(String signature) throws IOException {
        open.ifPresent(block -> block.put("signature", signature));
        closeBlock();
    }

    @Override
    public void toolUse(String id, String name) throws IOException {
        closeBlock();
        reason = "tool_use";
        open = Optional.of(content.addObject().put("type", "tool_use").put("id", id).put("name", name));
    }

    @Override
    public void toolInput(String partialJson) {
        tally.delta();
        said.append(partialJson);
    }

    @Override
    public void ping() {
        // A document has no pings.
    }

    @Override
    public void event(String name, JsonNode data) {
        // A document has no events.
    }

    @Override
    public void error(ApiError error) throws IOException, InterruptedException {
        over = true;
        wire.respond(error.status(), CONTENT_TYPE, Json.bytes(error.body(wire.requestId())));
    }

    @Override
    public void report(Step.ReportUsage usage) {
        tally.report(usage);
    }

    @Override
    public void stop(String why, Optional<String> at) throws IOException {
        closeBlock();
        reason = why;
        sequence = at;
    }

    @Override
    public void stopMessage() throws IOException, InterruptedException {
        over = true;
        closeBlock();
        Usage usage = tally.atEnd();
        ObjectNode message = Json.object().put("model", model).put("id", messageId).put("type", "message").put("role", "assistant");
        message.set("content", content);
        message.put("stop_reason", reason).put("stop_sequence", sequence.orElse(null));
        message.set("usage", usage.json().put("service_tier", "standard"));
        if (wire.begun()) {
            wire.send("body", Json.bytes(message));
            wire.finish();
        } else {
            wire.respond(200, CONTENT_TYPE, Json.bytes(message));
        }
        tally.told(usage);
    }

    @Override
    public void finish() throws IOException, InterruptedException {
        if (!over) {
            stopMessage();
        }
    }

    private void say(String type, String delta) throws IOException {
        if (open.map(block -> !block.path("type").asText().equals(type)).orElse(true)) {
            closeBlock();
            open = Optional.of(content.addObject().put("type", type));
        }
        tally.delta();
        said.append(delta);
    }

    private void closeBlock() throws IOException {
        if (open.isPresent()) {
            ObjectNode block = open.get();
            String type = block.path("type").asText();
            if (type.equals("tool_use")) {
                block.set("input", Json.MAPPER.readTree(said.toString()));
            } else {
                block.put(type, said.toString());
            }
        }
        said.setLength(0);
        open = Optional.empty();
    }
}

package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A message told in server-sent events, in the grammar of the Messages API. */
final class StreamedReply implements Reply {
    private static final String CONTENT_TYPE = "text/event-stream; charset=utf-8";

    private enum Block {
        NONE, TEXT, THINKING, TOOL
    }

    private final Wire wire;
    private final String messageId;
    private final String model;
    private final Tally tally;
    private Block open = Block.NONE;
    private int blocks;
    private boolean calledTool;
    private boolean started;
    private boolean stopped;
    private boolean over;

    StreamedReply(Wire wire, String messageId, String model, Tally tally) {
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
    public void start() throws IOException, InterruptedException {
        if (started) {
            return;
        }
        started = true;
        Usage usage = tally.atStart();
        ObjectNode event = Json.object().put("type", "message_start");
        ObjectNode message = event.putObject("message")
                .put("model", model)
                .put("id", messageId)
                .put("type", "message")
                .put("role", "assistant");
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        ObjectNode told = usage.json();
        told.putObject("cache_creation")
                .put("ephemeral_5m_input_tokens", usage.cacheCreationInputTokens())
                .put("ephemeral_1h_input_tokens", 0);
        message.set("usage", told.put("service_tier", "standard"));
        event("message_start", event);
    }

    @Override
    public void text(String delta) throws IOException, InterruptedException {
        if (open != Block.TEXT) {
            openBlock(Block.TEXT, Json.object().put("type", "text").put("text", ""));
        }
        delta(Json.object().put("type", "text_delta").put("text", delta));
    }

    @Override
    public void thinking(String delta) throws IOException, InterruptedException {
        if (open != Block.THINKING) {
            openBlock(Block.THINKING, Json.object().put("type", "thinking").put("thinking", "").put("signature", ""));
        }
        delta(Json.object().put("type", "thinking_delta").put("thinking", delta));
    }

    @Override
    public void signature(String signature) throws IOException, InterruptedException {
        sendDelta(Json.object().put("type", "signature_delta").put("signature", signature));
        closeBlock();
    }

    @Override
    public void toolUse(String id, String name) throws IOException, InterruptedException {
        calledTool = true;
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        block.putObject("input");
        openBlock(Block.TOOL, block);
        sendDelta(Json.object().put("type", "input_json_delta").put("partial_json", ""));
    }

    @Override
    public void toolInput(String partialJson) throws IOException, InterruptedException {
        delta(Json.object().put("type", "input_json_delta").put("partial_json", partialJson));
    }

    @Override
    public void ping() throws IOException, InterruptedException {
        event("ping", Json.object().put("type", "ping"));
    }

    @Override
    public void event(String name, JsonNode data) throws IOException, InterruptedException {
        begin(200, Duration.ZERO);
        ByteArrayOutputStream event = new ByteArrayOutputStream(256);
        event.write(("event: " + name + "\ndata: ").getBytes(UTF_8));
        event.write(Json.bytes(data));
        event.write('\n');
        event.write('\n');
        wire.send(name, event.toByteArray());
    }

    @Override
    public void error(ApiError error) throws IOException, InterruptedException {
        over = true;
        event("error", error.body(wire.requestId()));
        wire.finish();
    }

    @Override
    public void report(Step.ReportUsage usage) {
        tally.report(usage);
    }

    @Override
    public void stop(String reason, Optional<String> sequence) throws IOException, InterruptedException {
        start();
        closeBlock();
        stopped = true;
        Usage usage = tally.atEnd();
        ObjectNode event = Json.object().put("type", "message_delta");
        event.putObject("delta").put("stop_reason", reason).put("stop_sequence", sequence.orElse(null));
        event.set("usage", usage.json());
        event("message_delta", event);
        tally.told(usage);
    }

    @Override
    public void stopMessage() throws IOException, InterruptedException {
        if (!stopped) {
            stop(calledTool ? "tool_use" : "end_turn", Optional.empty());
        }
        over = true;
        event("message_stop", Json.object().put("type", "message_stop"));
    }

    @Override
    public void finish() throws IOException, InterruptedException {
        if (!over) {
            stopMessage();
        }
        wire.finish();
    }

    private void openBlock(Block kind, ObjectNode block) throws IOException, InterruptedException {
        start();
        closeBlock();
        open = kind;
        ObjectNode event = Json.object().put("type", "content_block_start").put("index", blocks);
        event.set("content_block", block);
        event("content_block_start", event);
        if (blocks == 0) {
            ping();
        }
    }

    private void delta(ObjectNode delta) throws IOException, InterruptedException {
        tally.delta();
        sendDelta(delta);
    }

    private void sendDelta(ObjectNode delta) throws IOException, InterruptedException {
        ObjectNode event = Json.object().put("type", "content_block_delta").put("index", blocks);
        event.set("delta", delta);
        event("content_block_delta", event);
    }

    private void closeBlock() throws IOException, InterruptedException {
        if (open != Block.NONE) {
            event("content_block_stop", Json.object().put("type", "content_block_stop").put("index", blocks));
            open = Block.NONE;
            blocks++;
        }
    }
}

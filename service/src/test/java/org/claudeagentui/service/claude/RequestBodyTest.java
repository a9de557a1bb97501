package org.claudeagentui.service.claude;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

class RequestBodyTest {

    @Test
    void sendsNothingThatIsNotSet() {
        var request = new ModelRequest("m", 10, Optional.empty(), List.of(), List.of(Message.user("½🌍\n")), OptionalDouble.empty(),
                OptionalDouble
                        .empty(),
                OptionalInt.empty(), OptionalInt.empty(), List.of());

        assertThat(sent(request))
                .isEqualTo(json(
                        "{\"model\":\"m\",\"max_tokens\":10,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"½🌍\\n\"}]}"));
    }

    @Test
    void sendsAllThatIsSet() {
        var request = new ModelRequest("m", 5000, Optional.of("Be brief."), List.of(),
                List.of(Message.user("hi"), Message.assistant(List.of(new MessageBlock.Text("hello"))), Message.user("so?")), OptionalDouble
                        .of(0.25),
                OptionalDouble.of(0.5), OptionalInt.of(40), OptionalInt.of(2048), List.of("a", "b"));

        assertThat(sent(request)).isEqualTo(json(
                """
                {"model":"m","max_tokens":5000,"stream":true,"system":"Be brief.","temperature":0.25,"top_p":0.5,"top_k":40,
                 "thinking":{"type":"enabled","budget_tokens":2048},"stop_sequences":["a","b"],
                 "messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"hello"},{"role":"user","content":[{"type":"text","text":"so?","cache_control":{"type":"ephemeral"}}]}]}"""));
    }

    @Test
    void sendsToolsAndWhatBecameOfThem() {
        var use = new MessageBlock.ToolUse("t1", "s__add", Optional.of(json("{\"a\":1}")));
        var nonsense = new MessageBlock.ToolUse("t2", "s__add", Optional.empty());
        var secret = new MessageBlock.Other(json("{\"type\":\"redacted_thinking\",\"data\":\"x\"}"));
        var request = new ModelRequest("m", 10, Optional.of("Be brief."),
                List.of(new ToolDefinition("s__add", "Adds", json("{\"type\":\"object\"}")), new ToolDefinition("s__sub", " ", json(
                        "{\"type\":\"object\"}"))),
                List.of(Message.user("hi"), Message.assistant(List.of(new MessageBlock.Thinking("hm", "sig"), secret, use, nonsense)),
                        Message.results(List.of(new MessageBlock.ToolResult("t1", "2", false), new MessageBlock.ToolResult("t2", "",
                                true)))),
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());

        assertThat(sent(request)).isEqualTo(json("""
                {"model":"m","max_tokens":10,"stream":true,
                 "tools":[{"name":"s__add","description":"Adds","input_schema":{"type":"object"}},{"name":"s__sub","input_schema":{"type":"object"}}],
                 "system":[{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}],
                 "messages":[{"role":"user","content":"hi"},
                  {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"redacted_thinking","data":"x"},
                    {"type":"tool_use","id":"t1","name":"s__add","input":{"a":1}},{"type":"tool_use","id":"t2","name":"s__add","input":{}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"2"},
                    {"type":"tool_result","tool_use_id":"t2","is_error":true,"cache_control":{"type":"ephemeral"}}]}]}"""));
    }

    @Test
    void marksTheEndOfALongSystemPromptOrElseOfTheToolsForTheCache() {
        assertThat(sent(beginning(Optional.of("x".repeat(4_000)), List.of())).getJsonArray("system").toString()).contains("cache_control");
        JsonObject withoutSystem = sent(beginning(Optional.empty(), List.of(new ToolDefinition("a", "", json("{\"type\":\"object\"}")),
                new ToolDefinition("b", "", json("{\"type\":\"object\"}")))));
        assertThat(withoutSystem.getJsonArray("tools").getJsonObject(0).containsKey("cache_control")).isFalse();
        assertThat(withoutSystem.getJsonArray("tools").getJsonObject(1).containsKey("cache_control")).isTrue();
    }

    @Test
    void sendsFilesBeforeTheTextThatTheyComeWith() {
        JsonObject message = sent(asking(List.of(image(new byte[]{'A', 'B'}), MessageBlock.Attached.pdf("p \"1\".pdf", JsonText.ofPlain(
                new byte[]{'C'})), MessageBlock.Attached.text("t", JsonText.of("½ \"quoted\"\n🌍"))), List.of()))
                .getJsonArray("messages")
                .getJsonObject(0);

        assertThat(message).isEqualTo(json("""
                {"role":"user","content":[
                  {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AB"}},
                  {"type":"document","title":"p \\"1\\".pdf","source":{"type":"base64","media_type":"application/pdf","data":"C"}},
                  {"type":"document","title":"t","source":{"type":"text","media_type":"text/plain","data":"½ \\"quoted\\"\\n🌍"}},
                  {"type":"text","text":"hi"}]}"""));
    }

    @Test
    void copiesNoFile() {
        byte[] data = {'A', 'B'};
        assertThat(RequestBody.of(asking(List.of(image(data)), List.of()))).anySatisfy(piece -> assertThat(piece).isSameAs(data));
        assertThat(RequestBody.of(asking(List.of(), List.of()))).hasSize(1);
    }

    @Test
    void marksTheEndOfAMessageThatBringsFilesWhereThereMayBeAnotherTurn() {
        var tool = List.of(new ToolDefinition("a", "", json("{\"type\":\"object\"}")));

        assertThat(sent(asking(List.of(image(new byte[0])), tool)).getJsonArray("messages").toString())
                .endsWith("{\"type\":\"text\",\"text\":\"hi\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]");
        assertThat(sent(asking(List.of(image(new byte[0])), List.of())).getJsonArray("messages").toString()).doesNotContain(
                "cache_control");
        assertThat(sent(asking(List.of(), tool)).getJsonArray("messages").toString()).doesNotContain("cache_control");
    }

    private static MessageBlock image(byte[] data) {
        return MessageBlock.Attached.image("image/png", JsonText.ofPlain(data));
    }

    private static ModelRequest asking(List<MessageBlock> files, List<ToolDefinition> tools) {
        return new ModelRequest("m", 10, Optional.empty(), tools, List.of(Message.user(files, "hi")), OptionalDouble.empty(), OptionalDouble
                .empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());
    }

    private static ModelRequest beginning(Optional<String> system, List<ToolDefinition> tools) {
        return new ModelRequest("m", 10, system, tools, List.of(Message.user("hi")), OptionalDouble.empty(), OptionalDouble.empty(),
                OptionalInt.empty(), OptionalInt.empty(), List.of());
    }

    private static JsonObject sent(ModelRequest request) {
        var bytes = new ByteArrayOutputStream();
        RequestBody.of(request).forEach(bytes::writeBytes);
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes.toByteArray()))) {
            return reader.readObject();
        }
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * A script for the model stand-in, step by step in the order of the calls; docs/standin.md says what each step does. Unless told
 * otherwise it answers one request. What is missing of a complete message after the last step, the stand-in adds.
 */
public final class StandinScript {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a cut ends the connection. */
    public enum Cut {
        RESET, CLOSE, STALL
    }

    private final ObjectNode script = JSON.createObjectNode();
    private final ArrayNode steps = JSON.createArrayNode();

    private StandinScript() {
    }

    /** Answers the next request, whatever it says. */
    public static StandinScript answeringAnything() {
        return new StandinScript();
    }

    /** Answers the next request of which the last user message contains the text. */
    public static StandinScript answering(String inputContains) {
        StandinScript script = new StandinScript();
        script.script.putObject("match").put("inputContains", inputContains);
        return script;
    }

    /** Answers the next request of which any message contains the text. */
    public static StandinScript answeringConversation(String contains) {
        return new StandinScript().where("conversationContains", contains);
    }

    /** Narrows what it answers: {@code conversationContains}, {@code systemContains} or {@code model}. */
    public StandinScript where(String field, String value) {
        script.withObjectProperty("match").put(field, value);
        return this;
    }

    /** Answers so many requests. */
    public StandinScript times(int times) {
        script.put("times", times);
        return this;
    }

    /** Answers every request that matches. */
    public StandinScript always() {
        script.put("times", "always");
        return this;
    }

    public StandinScript messageStart() {
        return step("messageStart", Map.of());
    }

    /** Tells a text in pieces of a token's size, without pause. */
    public StandinScript text(String text) {
        return step("text", Map.of("text", text));
    }

    /** Tells so many made-up deltas, {@code pace} apart. */
    public StandinScript text(int count, Duration pace) {
        return step("text", Map.of("count", count, "paceMicros", micros(pace)));
    }

    /** Tells so many deltas, {@code pace} apart, each stamped as {@link Stamp} reads it. */
    public StandinScript stampedText(int count, Duration pace) {
        return step("text", Map.of("count", count, "paceMicros", micros(pace), "stamp", true));
    }

    /** Tells so many made-up deltas of a given length, without pause. */
    public StandinScript bulkText(int count, int charactersEach) {
        return step("text", Map.of("count", count, "size", charactersEach));
    }

    /** Tells so many made-up deltas of a given length, {@code pace} apart. */
    public StandinScript bulkText(int count, int charactersEach, Duration pace) {
        return step("text", Map.of("count", count, "size", charactersEach, "paceMicros", micros(pace)));
    }

    public StandinScript thinking(String text) {
        return step("thinking", Map.of("text", text));
    }

    public StandinScript toolUse(String name, JsonNode input) {
        return step("toolUse", Map.of("name", name, "input", input));
    }

    /** Calls the stand-in's own tool {@code wait} as a server of that name offers it; it answers with the text that chose this script. */
    public StandinScript waitingTool(String server, Duration duration) {
        return toolUse(server + "__wait", JSON.createObjectNode().put("millis", duration.toMillis()).put("text", chosenBy()));
    }

    /** Calls the stand-in's own tool {@code echo}, which answers with the text that chose this script, and more. */
    public StandinScript echoingTool(String server, String more) {
        return toolUse(server + "__echo", JSON.createObjectNode().put("text", chosenBy() + more));
    }

    /** Calls the stand-in's own tool {@code fail}, which fails with the text that chose this script, and more. */
    public StandinScript failingTool(String server, String more) {
        return toolUse(server + "__fail", JSON.createObjectNode().put("message", chosenBy() + more));
    }

    private String chosenBy() {
        JsonNode match = script.path("match");
        return match.path("inputContains").asText(match.path("conversationContains").asText());
    }

    public StandinScript ping() {
        return step("ping", Map.of());
    }

    public StandinScript event(String name, JsonNode data) {
        return step("event", Map.of("name", name, "data", data));
    }

    public StandinScript delay(Duration duration) {
        return step("delay", Map.of("micros", micros(duration)));
    }

    /** Sends the head of the answer, {@code perByte} apart. */
    public StandinScript headers(Duration perByte) {
        return step("headers", Map.of("paceMicros", micros(perByte)));
    }

    /** Answers with an HTTP status and the error body that goes with it. */
    public StandinScript respond(int status, Map<String, String> headers) {
        return step("respond", Map.of("status", status, "headers", headers));
    }

    /** Answers with an HTTP status and a body of any kind. */
    public StandinScript respond(int status, Map<String, String> headers, String body) {
        return step("respond", Map.of("status", status, "headers", headers, "body", body));
    }

    /** Ends the stream with an {@code error} event, for example of type {@code overloaded_error}. */
    public StandinScript error(String type, String message) {
        return step("error", Map.of("errorType", type, "message", message));
    }

    public StandinScript usage(long inputTokens, long cacheCreationInputTokens, long cacheReadInputTokens, long outputTokens) {
        return step("usage", Map.of("inputTokens", inputTokens, "cacheCreationInputTokens", cacheCreationInputTokens,
                "cacheReadInputTokens", cacheReadInputTokens, "outputTokens", outputTokens));
    }

    public StandinScript stopReason(String reason) {
        return step("stopReason", Map.of("reason", reason));
    }

    public StandinScript messageStop() {
        return step("messageStop", Map.of());
    }

    /** From here on the body leaves in writes of so many bytes. */
    public StandinScript fragment(int bytes) {
        return step("fragment", Map.of("bytes", bytes));
    }

    /** Ends the connection once so many bytes of the body have been sent. */
    public StandinScript cutAfter(int bytes, Cut by) {
        return step("cut", Map.of("afterBytes", bytes, "by", name(by)));
    }

    /** Ends the connection so many bytes into the next occurrence of the text. */
    public StandinScript cutInside(String text, int bytes, Cut by) {
        return step("cut", Map.of("inside", text, "bytes", bytes, "by", name(by)));
    }

    public StandinScript garbage(int bytes) {
        return step("garbage", Map.of("bytes", bytes));
    }

    /** Garbage past all HTTP framing. */
    public StandinScript unframedGarbage(int bytes) {
        return step("garbage", Map.of("bytes", bytes, "framed", false));
    }

    /** Sends text as it is, as part of the body. */
    public StandinScript raw(String text) {
        return step("raw", Map.of("text", text));
    }

    /** Sends bytes as they are, as part of the body. */
    public StandinScript raw(byte[] bytes) {
        return step("raw", Map.of("base64", Base64.getEncoder().encodeToString(bytes)));
    }

    public StandinScript reset() {
        return step("reset", Map.of());
    }

    public StandinScript close() {
        return step("close", Map.of());
    }

    /** Falls silent until the client leaves, at most for {@code limit}. */
    public StandinScript stall(Duration limit) {
        return step("stall", Map.of("maxMillis", limit.toMillis()));
    }

    public String toJson() {
        return script.deepCopy().<ObjectNode>set("steps", steps).toString();
    }

    private StandinScript step(String type, Map<String, ?> fields) {
        ObjectNode step = steps.addObject().put("type", type);
        fields.forEach((name, value) -> step.set(name, JSON.valueToTree(value)));
        return this;
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String name(Cut cut) {
        return switch (cut) {
            case RESET -> "reset";
            case CLOSE -> "close";
            case STALL -> "stall";
        };
    }
}

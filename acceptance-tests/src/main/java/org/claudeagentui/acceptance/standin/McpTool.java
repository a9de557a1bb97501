package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.standin.http.Exchange;
import org.claudeagentui.acceptance.standin.http.HungUpException;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The tools of the MCP server. */
enum McpTool {
    ECHO("Answers with the text that it is given.", "text", "string"), WAIT(
            "Answers after so many milliseconds, with the text if it is given one.", "millis", "integer"), FAIL(
                    "Fails with the message that it is given.", "message", "string");

    private static final int MAX_TEXT = 1024 * 1024;
    private static final int MAX_MILLIS = 120_000;

    private final String description;
    private final String needed;
    private final String type;

    McpTool(String description, String needed, String type) {
        this.description = description;
        this.needed = needed;
        this.type = type;
    }

    static Optional<McpTool> named(String name) {
        return Arrays.stream(values()).filter(tool -> tool.wireName().equals(name)).findFirst();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("name", wireName()).put("description", description);
        ObjectNode schema = json.putObject("inputSchema").put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject(needed).put("type", type);
        if (this == WAIT) {
            properties.putObject("text").put("type", "string");
        }
        schema.putArray("required").add(needed);
        return json;
    }

    /** Does what it does. Arguments that are none of its own are an answer too, so that a model can mend them. */
    ObjectNode call(JsonNode arguments, Exchange exchange) throws HungUpException, InterruptedException {
        try {
            Fields fields = Fields.of("", arguments);
            return switch (this) {
                case ECHO -> result(fields.requiredText("text", MAX_TEXT), false);
                case FAIL -> result(fields.requiredText("message", MAX_TEXT), true);
                case WAIT -> {
                    int millis = fields.number("millis", 0, MAX_MILLIS).orElseThrow(() -> fields.wrong("millis", "is required")).intValue();
                    String text = fields.text("text", MAX_TEXT).orElse("Waited for " + millis + " ms.");
                    exchange.pause(Duration.ofMillis(millis));
                    yield result(text, false);
                }
            };
        } catch (ScriptException e) {
            return result(e.field() + " " + e.problem(), true);
        }
    }

    private static ObjectNode result(String text, boolean isError) {
        ObjectNode result = Json.object();
        result.putArray("content").addObject().put("type", "text").put("text", text);
        return result.put("isError", isError);
    }
}

package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.claudeagentui.acceptance.standin.http.Exchange;
import org.claudeagentui.acceptance.standin.http.HttpRequest;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An MCP server over streamable HTTP. It answers in plain JSON and has nothing to say unasked. */
final class McpApi {
    static final String PATH = "/mcp";
    private static final String SESSION = "mcp-session-id";
    private static final String LATEST = "2025-11-25";
    private static final List<String> VERSIONS = List.of("2025-03-26", "2025-06-18", LATEST);
    private static final int UNREADABLE = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final int UNKNOWN_METHOD = -32601;
    private static final int INVALID_PARAMETERS = -32602;

    private final McpSessions sessions = new McpSessions();
    private final ToolCalls calls;

    McpApi(ToolCalls calls) {
        this.calls = calls;
    }

    void handle(Exchange exchange) throws IOException, InterruptedException {
        switch (exchange.request().method()) {
            case "POST" -> post(exchange);
            case "DELETE" -> exchange.respond(exchange.request().header(SESSION).filter(sessions::end).isPresent() ? 204 : 404, Map.of(),
                    new byte[0]);
            default -> exchange.respond(405, Map.of("allow", "POST, DELETE"), new byte[0]);
        }
    }

    private void post(Exchange exchange) throws IOException, InterruptedException {
        Optional<JsonNode> message = message(exchange.request());
        if (message.isEmpty()) {
            refuse(exchange, 400, UNREADABLE, "The body is no JSON");
        } else if (!message.get().path("method").isTextual()) {
            refuse(exchange, 400, INVALID_REQUEST, "This is no request and no notification");
        } else if (message.get().path("method").textValue().equals("initialize")) {
            answer(exchange, Map.of(SESSION, sessions.begin()), message.get(), initialized(message.get().path("params")));
        } else {
            inSession(exchange, message.get());
        }
    }

    private void inSession(Exchange exchange, JsonNode message) throws IOException, InterruptedException {
        Optional<String> session = exchange.request().header(SESSION);
        if (session.isEmpty()) {
            refuse(exchange, 400, INVALID_REQUEST, "The header Mcp-Session-Id is missing");
        } else if (!sessions.has(session.get())) {
            refuse(exchange, 404, INVALID_REQUEST, "There is no such session");
        } else if (!message.hasNonNull("id")) {
            exchange.respond(202, Map.of(), new byte[0]);
        } else {
            answer(exchange, Map.of(), message, reply(exchange, message));
        }
    }

    private ObjectNode reply(Exchange exchange, JsonNode message) throws IOException, InterruptedException {
        return switch (message.path("method").textValue()) {
            case "ping" -> result(Json.object());
            case "tools/list" -> result(Json.object()
                    .set("tools", Json.array().addAll(Arrays.stream(McpTool.values()).map(McpTool::json).toList())));
            case "tools/call" -> called(exchange, message.path("params"));
            default -> error(UNKNOWN_METHOD, "Method not found");
        };
    }

    private ObjectNode called(Exchange exchange, JsonNode params) throws IOException, InterruptedException {
        Optional<McpTool> tool = McpTool.named(params.path("name").asText());
        if (tool.isEmpty()) {
            return error(INVALID_PARAMETERS, "Unknown tool");
        }
        JsonNode arguments = params.hasNonNull("arguments") ? params.path("arguments") : Json.object();
        ToolCall call = new ToolCall(tool.get().wireName(), Json.text(arguments), exchange.request());
        calls.add(call);
        exchange.onHangUp(call::hungUp);
        try {
            return result(tool.get().call(arguments, exchange));
        } finally {
            call.ended(EpochNanos.now());
        }
    }

    private static ObjectNode initialized(JsonNode params) {
        String wanted = params.path("protocolVersion").asText();
        ObjectNode result = Json.object().put("protocolVersion", VERSIONS.contains(wanted) ? wanted : LATEST);
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", "claude-standin").put("version", "1");
        return result(result);
    }

    private static Optional<JsonNode> message(HttpRequest request) {
        try {
            return Optional.of(Json.parse(request.body()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ObjectNode result(JsonNode result) {
        return Json.object().set("result", result);
    }

    private static ObjectNode error(int code, String text) {
        ObjectNode error = Json.object();
        error.putObject("error").put("code", code).put("message", text);
        return error;
    }

    private static void refuse(Exchange exchange, int status, int code, String text) throws IOException {
        send(exchange, status, Map.of(), NullNode.getInstance(), error(code, text));
    }

    private static void answer(Exchange exchange, Map<String, String> headers, JsonNode to, ObjectNode answer) throws IOException {
        send(exchange, 200, headers, to.path("id"), answer);
    }

    private static void send(Exchange exchange, int status, Map<String, String> headers, JsonNode id, ObjectNode answer)
            throws IOException {
        ObjectNode envelope = Json.object().put("jsonrpc", "2.0");
        envelope.set("id", id.isMissingNode() ? NullNode.getInstance() : id);
        envelope.setAll(answer);
        Map<String, String> all = new TreeMap<>(headers);
        all.put("content-type", "application/json");
        exchange.respond(status, all, Json.bytes(envelope));
    }
}

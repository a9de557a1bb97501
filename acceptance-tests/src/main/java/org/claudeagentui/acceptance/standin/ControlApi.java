package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.standin.http.Exchange;
import org.claudeagentui.acceptance.standin.http.HandshakeFault;
import org.claudeagentui.acceptance.standin.http.HandshakeFaults;
import org.claudeagentui.acceptance.standin.http.HttpRequest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes scripts, tells what was asked. Its errors are {@code {"error":{"field","problem"}}}. */
final class ControlApi {
    static final String PREFIX = "/_standin/";
    private static final Map<String, String> HEADERS = Map.of("content-type", "application/json", "cache-control", "no-store");

    private final Scripts scripts;
    private final Journal journal;
    private final ToolCalls calls;
    private final Traces traces;
    private final Optional<HandshakeFaults> handshakes;

    ControlApi(Scripts scripts, Journal journal, ToolCalls calls, Traces traces, Optional<HandshakeFaults> handshakes) {
        this.scripts = scripts;
        this.journal = journal;
        this.calls = calls;
        this.traces = traces;
        this.handshakes = handshakes;
    }

    void handle(Exchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        String path = request.path().substring(PREFIX.length());
        try {
            switch (request.method() + " " + path.replaceFirst("^(scripts|requests)/.+", "$1/*")) {
                case "GET health" -> answer(exchange, 200, health());
                case "GET scripts" -> answer(exchange, 200, scripts.json());
                case "POST scripts" -> answer(exchange, 201, addScript(request));
                case "DELETE scripts" -> {
                    scripts.clear();
                    answer(exchange, 204);
                }
                case "DELETE scripts/*" -> removeScript(exchange, path.substring("scripts/".length()));
                case "GET requests" -> tellRequests(exchange);
                case "GET requests/*" -> tellRequest(exchange, path.substring("requests/".length()));
                case "DELETE requests" -> {
                    journal.clear();
                    answer(exchange, 204);
                }
                case "GET tool-calls" -> tellToolCalls(exchange);
                case "DELETE tool-calls" -> {
                    calls.clear();
                    answer(exchange, 204);
                }
                case "GET traces" -> answer(exchange, 200, traces.json());
                case "DELETE traces" -> {
                    traces.clear();
                    answer(exchange, 204);
                }
                case "POST handshakes" -> addHandshakeFault(exchange);
                case "DELETE handshakes" -> {
                    handshakes.ifPresent(HandshakeFaults::clear);
                    answer(exchange, 204);
                }
                default -> refuse(exchange, 404, "path", "is unknown with this method; see docs/standin.md");
            }
        } catch (ScriptException e) {
            refuse(exchange, 400, e.field(), e.problem());
        }
    }

    private ObjectNode health() {
        return Json.object()
                .put("status", "UP")
                .put("scripts", scripts.size())
                .put("requests", journal.size())
                .put("openRequests", journal.open())
                .put("forgottenRequests", journal.forgotten());
    }

    private ObjectNode addScript(HttpRequest request) throws ScriptException {
        Script script = ScriptReader.read(parse(request));
        return Json.object().put("id", scripts.add(script, request.body().length)).put("name", script.name());
    }

    private void removeScript(Exchange exchange, String id) throws IOException {
        if (scripts.remove(id)) {
            answer(exchange, 204);
        } else {
            refuse(exchange, 404, "id", "names no script in force");
        }
    }

    private void tellRequests(Exchange exchange) throws IOException, ScriptException {
        Map<String, String> query = query(exchange, List.of("events", "inputContains", "limit", "model"));
        String limit = query.getOrDefault("limit", String.valueOf(Journal.LIMIT));
        if (!limit.matches("[0-9]{1,6}")) {
            throw new ScriptException("limit", "must be a whole number");
        }
        List<Recording> found = journal.find(recording -> matches(recording, query), Integer.parseInt(limit));
        boolean withEvents = !query.getOrDefault("events", "true").equals("false");
        exchange.begin(200, HEADERS);
        try (JsonGenerator json = Json.MAPPER.createGenerator(exchange.stream())) {
            json.writeStartArray();
            for (Recording recording : found) {
                recording.write(json, withEvents);
            }
            json.writeEndArray();
        }
    }

    private void tellToolCalls(Exchange exchange) throws IOException, ScriptException {
        String text = query(exchange, List.of("argumentsContain")).getOrDefault("argumentsContain", "");
        exchange.begin(200, HEADERS);
        try (JsonGenerator json = Json.MAPPER.createGenerator(exchange.stream())) {
            json.writeStartArray();
            for (ToolCall call : calls.find(text)) {
                call.write(json);
            }
            json.writeEndArray();
        }
    }

    private static Map<String, String> query(Exchange exchange, List<String> known) throws ScriptException {
        Map<String, String> query = exchange.request().query();
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw new ScriptException(name, "is not known here; known are " + String.join(", ", known));
            }
        }
        return query;
    }

    private static boolean matches(Recording recording, Map<String, String> query) {
        return Optional.ofNullable(query.get("inputContains")).map(recording::inputContains).orElse(true)
                && Optional.ofNullable(query.get("model")).map(recording::modelIs).orElse(true);
    }

    private void tellRequest(Exchange exchange, String id) throws IOException {
        Optional<Recording> found = journal.find(id);
        if (found.isEmpty()) {
            refuse(exchange, 404, "id", "names no request that is kept");
            return;
        }
        exchange.begin(200, HEADERS);
        try (JsonGenerator json = Json.MAPPER.createGenerator(exchange.stream())) {
            found.get().write(json, true);
        }
    }

    private void addHandshakeFault(Exchange exchange) throws IOException, ScriptException {
        HandshakeFaults faults = handshakes.orElseThrow(
                () -> new ScriptException("handshakes", "are none: the stand-in was started without STANDIN_TLS_KEYSTORE"));
        Fields fields = Fields.of("", parse(exchange.request()));
        String name = fields.requiredText("fault", 20);
        HandshakeFault fault = switch (name) {
            case "stall", "reset", "garbage" -> HandshakeFault.valueOf(name.toUpperCase(Locale.ROOT));
            default -> throw fields.wrong("fault", "must be stall, reset or garbage");
        };
        int times = fields.number("times", 1, HandshakeFaults.LIMIT, 1);
        fields.refuseOthers();
        if (!faults.add(fault, times)) {
            throw fields.wrong("times", "is too many: at most " + HandshakeFaults.LIMIT + " may be waiting");
        }
        answer(exchange, 201, Json.object().put("waiting", faults.size()));
    }

    private static JsonNode parse(HttpRequest request) throws ScriptException {
        try {
            return Json.parse(request.body());
        } catch (JsonProcessingException e) {
            throw new ScriptException("body", "is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ScriptException("body", "can't be read: " + e.getMessage());
        }
    }

    private static void refuse(Exchange exchange, int status, String field, String problem) throws IOException {
        ObjectNode body = Json.object();
        body.putObject("error").put("field", field).put("problem", problem);
        answer(exchange, status, body);
    }

    private static void answer(Exchange exchange, int status, JsonNode body) throws IOException {
        exchange.respond(status, HEADERS, Json.bytes(body));
    }

    private static void answer(Exchange exchange, int status) throws IOException {
        exchange.respond(status, HEADERS, new byte[0]);
    }
}

package org.claudeagentui.acceptance.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes hostile requests of an OpenAPI document: each number always the same one. */
public final class HostileRequests {
    private final ApiDocument document;
    private final List<Operation> operations;
    private final Map<String, String> ids;
    private final List<String> headers;

    /**
     * Requests for what a document describes of the API; probes and metrics are not open to clients.
     *
     * @param ids ids of what there is, by the beginning of the address that ends with such an id; nothing there is deleted
     * @param headers lines that every request has: who is asking, for one
     */
    public HostileRequests(ApiDocument document, Map<String, String> ids, List<String> headers) {
        this.document = document;
        operations = document.operations().stream().filter(operation -> operation.path().startsWith("/api/")).toList();
        this.ids = Map.copyOf(ids);
        this.headers = List.copyOf(headers);
    }

    /** The request of that number. */
    public HostileRequest request(int number) {
        Dice dice = new Dice(number);
        Draft draft = draft(dice.one(operations), dice);
        Attack attack = dice.one(Attack.ALL);
        while (!attack.fits(draft)) {
            attack = dice.one(Attack.ALL);
        }
        return attack.on(draft, dice);
    }

    private Draft draft(Operation operation, Dice dice) {
        Map<String, String> members = new LinkedHashMap<>();
        operation.body().ifPresent(body -> {
            for (JsonNode name : body.path("required")) {
                members.put(name.asText(), sound(body.path("properties").path(name.asText()), dice));
            }
        });
        return new Draft(operation, target(operation, dice), members, headers);
    }

    private String target(Operation operation, Dice dice) {
        String path = operation.path();
        if (!operation.method().equals("DELETE") && !dice.once(4)) {
            for (Map.Entry<String, String> id : ids.entrySet()) {
                if (path.startsWith(id.getKey() + "/{")) {
                    path = path.replaceFirst("\\{[^}]*}", id.getValue());
                }
            }
        }
        return path.replaceAll("\\{[^}]*}", dice.once(2) ? "none" : new UUID(1, dice.between(1, 1000)).toString());
    }

    private String sound(JsonNode described, Dice dice) {
        JsonNode schema = document.whole(described);
        if (schema.has("example")) {
            return schema.path("example").toString();
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(dice.between(0, schema.path("enum").size() - 1)).toString();
        }
        return switch (schema.path("type").asText()) {
            case "integer", "number" -> schema.path("minimum").asText("1");
            case "boolean" -> "true";
            case "array" -> "[]";
            case "object" -> "{}";
            default -> "\"Hostile " + dice.between(1, 1_000_000) + " " + "x".repeat(schema.path("minLength").asInt(0)) + "\"";
        };
    }
}

package org.claudeagentui.service.testing;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Tasks, chats and their messages as Strapi keeps them, with its filters and the rules that are its own. */
public final class FakeCollections {
    private static final List<String> TYPES = List.of("tasks", "chat-sessions", "chat-messages");
    private static final Pattern FILTER = Pattern.compile("filters\\[(?<path>[A-Za-z\\]\\[]+)\\]\\[\\$eq\\]");

    private final Map<String, Map<String, JsonObject>> collections = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** How an answer is sent. */
    interface Sender {
        void send(int status, String json) throws IOException;
    }

    static boolean has(String type) {
        return TYPES.contains(type);
    }

    /** All entries of a type, in the order in which they were made. */
    public List<JsonObject> all(String type) {
        return entries(type).values().stream().sorted(Comparator.comparingInt(entry -> entry.getInt("id"))).toList();
    }

    void clear() {
        collections.clear();
    }

    void answer(HttpExchange exchange, String type, Optional<String> id, JsonObject body, Map<String, String> query, Sender sender)
            throws IOException {
        var method = exchange.getRequestMethod();
        var entry = id.map(entries(type)::get);
        if (id.isEmpty() && method.equals("GET")) {
            sender.send(200, list(type, query));
        } else if (id.isEmpty()) {
            create(type, body, sender);
        } else if (method.equals("DELETE")) {
            delete(type, id.get());
            exchange.sendResponseHeaders(204, -1);
        } else if (entry.isEmpty()) {
            sender.send(404, error(404, "Not Found", Optional.empty()));
        } else {
            if (method.equals("PUT")) {
                entries(type).put(id.get(), kept(id.get(), entry.get().getInt("id"), body, entry.get()));
            }
            sender.send(200, data(entries(type).get(id.get())));
        }
    }

    private Map<String, JsonObject> entries(String type) {
        return collections.computeIfAbsent(type, _ -> new ConcurrentHashMap<>());
    }

    private synchronized void create(String type, JsonObject body, Sender sender) throws IOException {
        if (type.equals("chat-messages") && isThere(body)) {
            sender.send(400, error(400, "This attribute must be unique", Optional.of("runId")));
        } else if (type.equals("chat-messages") && !entries("chat-sessions").containsKey(body.getString("session"))) {
            sender.send(400, error(400, "Document with id \"" + body.getString("session") + "\", locale \"null\" not found", Optional
                    .empty()));
        } else {
            var number = numbers.incrementAndGet();
            var id = "made%020d".formatted(number);
            entries(type).put(id, kept(id, number, body, JsonValue.EMPTY_JSON_OBJECT));
            sender.send(201, data(entries(type).get(id)));
        }
    }

    private boolean isThere(JsonObject message) {
        return entries("chat-messages").values()
                .stream()
                .anyMatch(other -> other.get("runId").equals(message.get("runId")) && other.get("role").equals(message.get("role")));
    }

    private void delete(String type, String id) {
        entries(type).remove(id);
        if (type.equals("chat-sessions")) {
            entries("chat-messages").values().removeIf(message -> message.getJsonObject("session").getString("documentId").equals(id));
        }
    }

    private static JsonObject kept(String id, int number, JsonObject attributes, JsonObject before) {
        var entry = Json.createObjectBuilder(before).add("id", number).add("documentId", id);
        attributes.forEach((name, value) -> entry.add(name, related(name, value)));
        var now = "2026-01-02T03:04:05.678Z";
        return entry.add("createdAt", now).add("updatedAt", now).build();
    }

    private static JsonValue related(String name, JsonValue value) {
        return switch (value) {
            case JsonString id when name.equals("agent") || name.equals("session") -> document(id.getString());
            case JsonArray ids when name.equals("skills") -> {
                var skills = Json.createArrayBuilder();
                ids.getValuesAs(JsonString.class).forEach(id -> skills.add(document(id.getString())));
                yield skills.build();
            }
            default -> value;
        };
    }

    private static JsonObject document(String id) {
        return Json.createObjectBuilder().add("documentId", id).add("name", "Name of " + id).add("content", "Content of " + id).build();
    }

    private String list(String type, Map<String, String> query) {
        var found = new ArrayList<>(all(type).stream().filter(entry -> matches(entry, query)).toList());
        if (query.get("sort").startsWith("id:desc")) {
            found.sort(Comparator.comparingInt((JsonObject entry) -> entry.getInt("id")).reversed());
        }
        var page = Integer.parseInt(query.get("pagination[page]"));
        var size = Integer.parseInt(query.get("pagination[pageSize]"));
        var listed = Json.createArrayBuilder();
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(listed::add);
        return Json.createObjectBuilder()
                .add("data", listed)
                .add("meta", Json.createObjectBuilder().add("pagination", Json.createObjectBuilder().add("total", found.size())))
                .build()
                .toString();
    }

    private static boolean matches(JsonObject entry, Map<String, String> query) {
        return query.entrySet().stream().allMatch(parameter -> {
            var filter = FILTER.matcher(parameter.getKey());
            return !filter.matches() || parameter.getValue().equals(value(entry, filter.group("path").split("\\]\\[", -1)));
        });
    }

    private static String value(JsonObject entry, String[] path) {
        JsonValue value = entry;
        for (var name : path) {
            value = value instanceof JsonObject object ? object.getOrDefault(name, JsonValue.NULL) : JsonValue.NULL;
        }
        return value instanceof JsonString text ? text.getString() : value.toString();
    }

    private static String data(JsonObject entry) {
        return Json.createObjectBuilder().add("data", entry).build().toString();
    }

    private static String error(int status, String message, Optional<String> field) {
        var errors = Json.createArrayBuilder();
        field.ifPresent(name -> errors.add(Json.createObjectBuilder()
                .add("path", Json.createArrayBuilder().add(name))
                .add("message", message)));
        return Json.createObjectBuilder()
                .addNull("data")
                .add("error", Json.createObjectBuilder()
                        .add("status", status)
                        .add("message", message)
                        .add("details", Json.createObjectBuilder().add("errors", errors)))
                .build()
                .toString();
    }
}

package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields of one JSON object, each of which must be known, of the right type and within its bounds. */
final class Fields {
    private final String path;
    private final JsonNode node;
    private final Set<String> known = new HashSet<>();

    private Fields(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    static Fields of(String path, JsonNode node) throws ScriptException {
        if (!node.isObject()) {
            throw new ScriptException(path.isEmpty() ? "body" : path, "must be a JSON object");
        }
        return new Fields(path, node);
    }

    Optional<String> text(String name, int maxLength) throws ScriptException {
        Optional<JsonNode> value = json(name);
        if (value.isPresent() && (!value.get().isTextual() || value.get().textValue().length() > maxLength)) {
            throw wrong(name, "must be a string of at most " + maxLength + " characters");
        }
        return value.map(JsonNode::textValue);
    }

    String requiredText(String name, int maxLength) throws ScriptException {
        return text(name, maxLength).filter(text -> !text.isEmpty()).orElseThrow(() -> wrong(name, "is required and must not be empty"));
    }

    Optional<Long> number(String name, long min, long max) throws ScriptException {
        Optional<JsonNode> value = json(name);
        if (value.isPresent()) {
            JsonNode number = value.get();
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < min || number.longValue() > max) {
                throw wrong(name, "must be a whole number from " + min + " to " + max);
            }
        }
        return value.map(JsonNode::longValue);
    }

    int number(String name, int min, int max, int absent) throws ScriptException {
        return number(name, min, max).map(Long::intValue).orElse(absent);
    }

    Optional<Boolean> flag(String name) throws ScriptException {
        Optional<JsonNode> value = json(name);
        if (value.isPresent() && !value.get().isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return value.map(JsonNode::booleanValue);
    }

    Optional<JsonNode> json(String name) {
        known.add(name);
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    Optional<Fields> object(String name) throws ScriptException {
        Optional<JsonNode> value = json(name);
        return value.isPresent() ? Optional.of(of(pathOf(name), value.get())) : Optional.empty();
    }

    List<Fields> objects(String name, int max) throws ScriptException {
        JsonNode array = json(name).orElseThrow(() -> wrong(name, "is required"));
        if (!array.isArray() || array.size() > max) {
            throw wrong(name, "must be an array of at most " + max + " objects");
        }
        List<Fields> objects = new ArrayList<>();
        for (JsonNode element : array) {
            objects.add(of(pathOf(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    /** An object of strings, none of which breaks out of a header's line. */
    Map<String, String> headers(String name) throws ScriptException {
        Optional<JsonNode> value = json(name);
        Map<String, String> headers = new LinkedHashMap<>();
        if (value.isPresent()) {
            for (Map.Entry<String, JsonNode> header : of(pathOf(name), value.get()).node.properties()) {
                String text = header.getValue().asText();
                if (!header.getKey().matches("[A-Za-z0-9-]{1,64}") || !text.matches("[\\t\\x20-\\x7e]{0,1024}")) {
                    throw new ScriptException(pathOf(name) + "." + header.getKey(), "must be a header's name and one line of ASCII");
                }
                headers.put(header.getKey(), text);
            }
        }
        return headers;
    }

    /** Refuses what nobody has asked for. */
    void refuseOthers() throws ScriptException {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw wrong(field.getKey(), "is not known here; known are " + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    ScriptException wrong(String name, String problem) {
        return new ScriptException(pathOf(name), problem);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

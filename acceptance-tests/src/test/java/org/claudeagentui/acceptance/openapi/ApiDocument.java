package org.claudeagentui.acceptance.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** An OpenAPI document of version 3.0. */
public final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

    private final JsonNode root;

    private ApiDocument(JsonNode root) {
        this.root = root;
    }

    /** Reads a document in YAML. */
    public static ApiDocument parse(String yaml) {
        Map<?, ?> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        return new ApiDocument(new ObjectMapper().valueToTree(read));
    }

    /** The whole of it. */
    public JsonNode root() {
        return root;
    }

    /** Each operation, in the document's order. */
    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .forEach(member -> operations.add(operation(path.getKey(), path.getValue(), member.getKey(), member.getValue()))));
        return List.copyOf(operations);
    }

    private Operation operation(String path, JsonNode item, String method, JsonNode operation) {
        List<JsonNode> parameters = new ArrayList<>();
        item.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        operation.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        JsonNode content = resolve(operation.path("requestBody")).at("/content/application~1json");
        JsonNode body = content.path("schema");
        return new Operation(method.toUpperCase(Locale.ROOT), path, parameters,
                body.isMissingNode() ? Optional.empty() : Optional.of(whole(body)), examples(content), operation);
    }

    /** The examples of a media type, by their names; one without a name is called so. */
    static Map<String, JsonNode> examples(JsonNode mediaType) {
        Map<String, JsonNode> examples = new LinkedHashMap<>();
        if (mediaType.has("example")) {
            examples.put("example", mediaType.path("example"));
        }
        mediaType.path("examples").properties().forEach(example -> examples.put(example.getKey(), example.getValue().path("value")));
        return examples;
    }

    /** What a reference stands for; anything else is given back. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(located(node.path("$ref").asText().substring(1))) : node;
    }

    /** Where that is which is told of at a place, a JSON pointer: the place itself, or where its reference leads. */
    String located(String pointer) {
        String at = pointer;
        while (root.at(at).has("$ref")) {
            at = root.at(at).path("$ref").asText().substring(1);
        }
        return at;
    }

    /** A schema whose own references are followed and whose parts are put together; of several alternatives it has the first. */
    public JsonNode whole(JsonNode schema) {
        JsonNode resolved = resolve(schema);
        if (!resolved.isObject()) {
            return resolved;
        }
        ObjectNode whole = resolved.deepCopy();
        List<JsonNode> parts = new ArrayList<>();
        resolved.path("allOf").forEach(parts::add);
        StreamSupport.stream(resolved.path("oneOf").spliterator(), false).findFirst().ifPresent(parts::add);
        whole.remove(List.of("allOf", "oneOf"));
        parts.forEach(part -> merge(whole, whole(part)));
        return whole;
    }

    private static void merge(ObjectNode into, JsonNode part) {
        part.properties().forEach(member -> {
            JsonNode there = into.path(member.getKey());
            if (there instanceof ObjectNode object && member.getKey().equals("properties")) {
                object.setAll((ObjectNode) member.getValue().deepCopy());
            } else if (there.isArray() && member.getKey().equals("required")) {
                into.set("required", JsonNodeFactory.instance.arrayNode().addAll(elements(there)).addAll(elements(member.getValue())));
            } else if (there.isMissingNode()) {
                into.set(member.getKey(), member.getValue().deepCopy());
            }
        });
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}

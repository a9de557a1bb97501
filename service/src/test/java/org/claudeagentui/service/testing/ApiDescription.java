package org.claudeagentui.service.testing;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The service's OpenAPI document. */
public record ApiDescription(JsonObject root) {

    /** Reads it as it is packed with the service. */
    public static ApiDescription read() {
        try (var yaml = Objects.requireNonNull(ApiDescription.class.getResourceAsStream("/META-INF/openapi.yaml"))) {
            Map<String, Object> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return new ApiDescription(Json.createObjectBuilder(read).build());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A schema as it is written. */
    public JsonObject schema(String name) {
        return root.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    /** A schema whose parts are put together. */
    public JsonObject whole(String name) {
        return whole(schema(name));
    }

    /** A schema whose reference is followed and whose parts are put together. */
    public JsonObject whole(JsonObject schema) {
        if (schema.containsKey("$ref")) {
            return whole(((JsonObject) root.getValue(schema.getString("$ref").substring(1))));
        }
        JsonObjectBuilder whole = Json.createObjectBuilder(schema);
        JsonObjectBuilder properties = Json.createObjectBuilder(schema.getOrDefault("properties", JsonValue.EMPTY_JSON_OBJECT)
                .asJsonObject());
        Set<String> required = new LinkedHashSet<>(required(schema));
        for (JsonValue part : schema.getOrDefault("allOf", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
            JsonObject merged = whole(part.asJsonObject());
            merged.getOrDefault("properties", JsonValue.EMPTY_JSON_OBJECT).asJsonObject().forEach(properties::add);
            required.addAll(required(merged));
        }
        return whole.add("properties", properties).add("required", Json.createArrayBuilder(required)).build();
    }

    /** Names of the members that an object has to have. */
    public static List<String> required(JsonObject schema) {
        JsonArray names = schema.getOrDefault("required", JsonValue.EMPTY_JSON_ARRAY).asJsonArray();
        return names.getValuesAs(JsonString::getString);
    }
}

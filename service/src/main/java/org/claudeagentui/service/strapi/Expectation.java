package org.claudeagentui.service.strapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.web.Jsons;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an entry has to be like for a write of it to be done. Strapi compares it with the entry in the transaction of the write, while
 * nobody else can change it.
 *
 * @param header the moment of its last change and the ids of the entries that it is related to, as JSON; empty where any will do
 */
public record Expectation(String header) {
    /** Whatever it is like. */
    public static final Expectation NONE = new Expectation("");

    /** As it was when it was read. */
    public static Expectation of(ContentType type, JsonObject entry) {
        var expected = Jsons.PROVIDER.createObjectBuilder().add("updatedAt", entry.getString("updatedAt"));
        type.relations()
                .forEach(name -> expected.add(name, Jsons.PROVIDER.createArrayBuilder(ids(entry.getOrDefault(name, JsonValue.NULL)))));
        return new Expectation(expected.build().toString());
    }

    private static List<String> ids(JsonValue related) {
        var entries = switch (related) {
            case JsonArray list -> list.stream();
            case JsonObject one -> Stream.of(one);
            default -> Stream.<JsonValue>empty();
        };
        return entries.map(entry -> entry.asJsonObject().getString("documentId")).sorted().toList();
    }
}

package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;

import java.util.function.Function;

/**
 * An entry and how it is shown.
 *
 * @param <T> what an entry is
 * @param entry the entry
 * @param json how clients see it
 * @param weight how many bytes all of it takes, about
 */
record Shown<T>(T entry, Rendered json, int weight) {

    static <T> Shown<T> of(JsonObject kept, Function<JsonObject, T> reader, Function<T, JsonObject> writer) {
        T entry = reader.apply(kept);
        var json = Rendered.tagged(writer.apply(entry));
        return new Shown<>(entry, json, json.length() + kept.toString().length());
    }
}

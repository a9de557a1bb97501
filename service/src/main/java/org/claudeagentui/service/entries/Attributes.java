package org.claudeagentui.service.entries;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads what Strapi keeps of an entry: an attribute of another kind than expected counts as unset. */
public final class Attributes {
    private Attributes() {
    }

    /** A text. */
    public static Optional<String> text(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    /** A number. */
    public static OptionalDouble number(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonNumber number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    /** A whole number. */
    public static OptionalInt whole(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonNumber number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }

    /** A number of milliseconds. */
    public static Optional<Duration> milliseconds(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonNumber number ? Optional.of(Duration.ofMillis(number.longValue())) : Optional.empty();
    }

    /** An object, an empty one where it is unset. */
    public static JsonObject object(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** The texts of a list. */
    public static List<String> texts(JsonObject entry, String name) {
        return list(entry, name).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).getString()).toList();
    }

    /** The objects of a list, such as the entries of a relation. */
    public static Stream<JsonObject> objects(JsonObject entry, String name) {
        return list(entry, name).filter(JsonObject.class::isInstance).map(JsonValue::asJsonObject);
    }

    private static Stream<JsonValue> list(JsonObject entry, String name) {
        return entry.get(name) instanceof JsonArray list ? list.stream() : Stream.empty();
    }
}

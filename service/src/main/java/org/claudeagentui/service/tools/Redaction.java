package org.claudeagentui.service.tools;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import org.claudeagentui.service.web.Jsons;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of what others say, and parts of them: of a header such as {@code Bearer …} a server may quote the second word alone. */
final class Redaction {

    private static final int SHORTEST = 4;
    private static final int SHORTEST_PART = 8;
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[\\s,;=:\"']+");
    private static final int LONGEST_TEXT = 300;

    private final List<String> secrets;

    Redaction(Collection<String> secrets) {
        this.secrets = Stream.concat(secrets.stream().filter(secret -> secret.length() >= SHORTEST), secrets.stream()
                .flatMap(BETWEEN_PARTS::splitAsStream)
                .filter(part -> part.length() >= SHORTEST_PART))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text on one line, without the secrets, and no longer than an error's detail should be. */
    String of(String text) {
        String line = without(text).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }

    /** The text without the secrets. */
    String without(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "(secret)");
        }
        return redacted;
    }

    /** The object without the secrets in its texts and names. */
    JsonObject without(JsonObject object) {
        JsonObjectBuilder redacted = Jsons.PROVIDER.createObjectBuilder();
        object.forEach((name, value) -> redacted.add(without(name), value(value)));
        return redacted.build();
    }

    private JsonValue value(JsonValue value) {
        return switch (value) {
            case JsonObject object -> without(object);
            case JsonArray array -> {
                JsonArrayBuilder redacted = Jsons.PROVIDER.createArrayBuilder();
                array.forEach(element -> redacted.add(value(element)));
                yield redacted.build();
            }
            case JsonString text -> Jsons.PROVIDER.createValue(without(text.getString()));
            default -> value;
        };
    }
}

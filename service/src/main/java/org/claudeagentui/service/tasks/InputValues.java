package org.claudeagentui.service.tasks;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import org.claudeagentui.service.web.Rule;
import org.claudeagentui.service.web.Texts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Values for a prompt's placeholders. */
final class InputValues {
    private static final int MOST = 100;
    private static final int LONGEST = 20_000;

    private InputValues() {
    }

    /** What they may be. */
    static Rule rule() {
        return Rule.map(MOST, Rule.pattern(Pattern.compile(PromptTemplate.NAME),
                "1 to 100 letters, digits, underscores, dots and hyphens, of which the first is a letter or an underscore"),
                InputValues::complaint);
    }

    private static Optional<String> complaint(JsonValue value) {
        boolean right = switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString().length() <= LONGEST && Texts.storable(((JsonString) value).getString());
            case NUMBER, TRUE, FALSE -> true;
            case OBJECT, ARRAY, NULL -> false;
        };
        return right
                ? Optional.empty()
                : Optional.of("has to be a text of at most " + LONGEST + " characters, none of them NUL, a number, or true or false");
    }

    /** The values as they stand in a prompt. */
    static Map<String, String> texts(JsonObject values) {
        var texts = new LinkedHashMap<String, String>();
        values.forEach((name, value) -> text(value).ifPresent(text -> texts.put(name, text)));
        return texts;
    }

    private static Optional<String> text(JsonValue value) {
        return switch (value) {
            case JsonString text -> Optional.of(text.getString());
            case JsonNumber number -> Optional.of(number.toString());
            default -> Optional.of(value.getValueType())
                    .filter(type -> type == ValueType.TRUE || type == ValueType.FALSE)
                    .map(_ -> value.toString());
        };
    }
}

package org.claudeagentui.service.web;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a member of a request's body may be. */
@FunctionalInterface
public interface Rule {

    /**
     * Checks a value.
     *
     * @param value any JSON value but null
     * @return what is wrong with it, as the end of a sentence that the member's name begins; nothing if it is right
     */
    Optional<String> complaint(JsonValue value);

    /** Another rule for what keeps this one. */
    default Rule and(Rule other) {
        return value -> complaint(value).or(() -> other.complaint(value));
    }

    /** A text of so many characters, not only blanks. */
    static Rule text(int least, int most) {
        return value -> value instanceof JsonString text && fits(text.getString(), least, most)
                ? Optional.empty()
                : Optional.of("has to be a text of " + least + " to " + most + " characters, none of them NUL");
    }

    /** A text of so many bytes in UTF-8 at most. */
    static Rule bytes(int most) {
        return value -> value instanceof JsonString text && text.getString().getBytes(StandardCharsets.UTF_8).length <= most
                ? Optional.empty()
                : Optional.of("has to have " + most + " bytes in UTF-8 at most");
    }

    /** A text that a pattern matches. */
    static Rule pattern(Pattern pattern, String meaning) {
        return value -> value instanceof JsonString text && pattern.matcher(text.getString()).matches()
                ? Optional.empty()
                : Optional.of("has to be " + meaning);
    }

    /** A number from the least to the most. */
    static Rule number(double least, double most) {
        return value -> value instanceof JsonNumber number && number.doubleValue() >= least && number.doubleValue() <= most
                ? Optional.empty()
                : Optional.of("has to be a number from " + plain(least) + " to " + plain(most));
    }

    /** A whole number from the least to the most. */
    static Rule whole(int least, int most) {
        return value -> value instanceof JsonNumber number && number.isIntegral() && number(least, most).complaint(number).isEmpty()
                ? Optional.empty()
                : Optional.of("has to be a whole number from " + least + " to " + most);
    }

    /** True or false. */
    static Rule flag() {
        return value -> value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE
                ? Optional.empty()
                : Optional.of("has to be true or false");
    }

    /** A list of values of one kind. */
    static Rule sequence(int most, Rule entry) {
        return value -> {
            if (!(value instanceof JsonArray list) || list.size() > most) {
                return Optional.of("has to be a list of at most " + most + " entries");
            }
            for (var index = 0; index < list.size(); index++) {
                var complaint = list.get(index).getValueType() == ValueType.NULL
                        ? Optional.of("can't be null")
                        : entry.complaint(list.get(index));
                if (complaint.isPresent()) {
                    return Optional.of("has a wrong entry at " + index + ", which " + complaint.get());
                }
            }
            return Optional.empty();
        };
    }

    /** A list of distinct values of one kind. */
    static Rule list(int most, Rule entry) {
        return sequence(most, entry).and(value -> new HashSet<>(value.asJsonArray()).size() == value.asJsonArray().size()
                ? Optional.empty()
                : Optional.of("has an entry twice"));
    }

    /** An object of named values, of which a complaint says the name at most. */
    static Rule map(int most, Rule name, Rule entry) {
        return value -> {
            if (!(value instanceof JsonObject map) || map.size() > most) {
                return Optional.of("has to be an object of at most " + most + " members");
            }
            for (var member : map.entrySet()) {
                if (name.complaint(Jsons.PROVIDER.createValue(member.getKey())).isPresent()) {
                    return name.complaint(Jsons.PROVIDER.createValue(member.getKey())).map(wrong -> "has a member whose name " + wrong);
                }
                if (entry.complaint(member.getValue()).isPresent()) {
                    return entry.complaint(member.getValue()).map(wrong -> "has a member " + member.getKey() + " that " + wrong);
                }
            }
            return Optional.empty();
        };
    }

    /** An object whose JSON has so many characters at most. */
    static Rule object(int most) {
        return value -> value instanceof JsonObject object && object.toString().length() <= most && storable(object)
                ? Optional.empty()
                : Optional.of("has to be an object of at most " + most + " characters as JSON, none of them NUL");
    }

    private static boolean fits(String text, int least, int most) {
        var length = text.codePointCount(0, text.length());
        return length >= least && text.length() <= most && (least == 0 || !text.isBlank()) && Texts.storable(text);
    }

    private static boolean storable(JsonValue value) {
        return switch (value) {
            case JsonString text -> Texts.storable(text.getString());
            case JsonArray list -> list.stream().allMatch(Rule::storable);
            case JsonObject object -> object.entrySet()
                    .stream()
                    .allMatch(member -> Texts.storable(member.getKey()) && storable(member.getValue()));
            default -> true;
        };
    }

    private static String plain(double number) {
        return List.of("" + (long) number, "" + number).get(number == Math.rint(number) ? 0 : 1);
    }
}

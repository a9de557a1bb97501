package org.claudeagentui.service.web;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a list can be narrowed by a member of its entries.
 *
 * @param path where the member is kept: an attribute, or with a dot between, a relation and an attribute of what it leads to
 * @param complaint what is wrong with a text as the member's value, as the end of a sentence that the member's name begins; nothing if
 *            it is right
 */
public record Filter(String path, Function<String, Optional<String>> complaint) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    /** By a member that is true or false. */
    public static Filter flag(String path) {
        return oneOf(path, Set.of("true", "false"));
    }

    /** By a member that is one of a few words. */
    public static Filter oneOf(String path, Set<String> words) {
        return new Filter(path, text -> words.contains(text)
                ? Optional.empty()
                : Optional.of("has to be one of " + String.join(", ", words.stream().sorted().toList())));
    }

    /** By a member that has to be any of some words, which are separated by commas. */
    public static Filter anyOf(String path, Set<String> words) {
        return new Filter(path, text -> words(text).allMatch(words::contains)
                ? Optional.empty()
                : Optional.of("has to be any of " + String.join(", ", words.stream().sorted().toList()) + ", separated by commas"));
    }

    /** The words that a value names which has to be any of them. */
    public static Stream<String> words(String value) {
        return Stream.of(value.split(",", -1));
    }

    /** By a text of so many characters at most, all of it. */
    public static Filter text(String path, int most) {
        return new Filter(path, text -> !text.isBlank() && text.length() <= most && Texts.storable(text)
                ? Optional.empty()
                : Optional.of("has to be a text of 1 to " + most + " characters, none of them NUL"));
    }

    /** By an entry that a relation leads to. */
    public static Filter relation(String relation) {
        return id(relation + ".documentId");
    }

    /** By an entry's id. */
    public static Filter id(String path) {
        return new Filter(path, text -> ID.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("has to be an id: 1 to 64 letters and digits"));
    }
}

package org.claudeagentui.service.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The states that a client names in {@code If-Match} or {@code If-None-Match}.
 *
 * @param any whether it means whichever there is, with {@code *}
 * @param values the tags without their quotes
 */
public record EntityTags(boolean any, Set<String> values) {
    /** Weak ones are as good: the front door weakens a tag when it compresses what the tag names. */
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(?<value>[\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");
    private static final Pattern LIST = Pattern.compile(TAG.pattern().replace("?<value>", "?:") + "(?:[ \\t]*,[ \\t]*"
            + TAG.pattern().replace("?<value>", "?:") + "){0,99}");

    /** Keeps the tags from being changed. */
    public EntityTags {
        values = Set.copyOf(values);
    }

    /**
     * Reads a header.
     *
     * @param name what the header is called
     * @param header what it says, if it is there
     * @return the states that it names; nothing where it isn't there
     * @throws ProblemException if it names none
     */
    public static Optional<EntityTags> of(String name, Optional<String> header) {
        return header.map(String::strip).map(text -> text.equals("*") ? new EntityTags(true, Set.of()) : listed(name, text));
    }

    /** Whether a state is one of them. */
    public boolean name(EntityTag tag) {
        return any || values.contains(tag.value());
    }

    private static EntityTags listed(String name, String text) {
        if (!LIST.matcher(text).matches()) {
            throw new ProblemException(new Problem("bad-request", 400, "The request can't be understood", name
                    + " has to be an entity tag as the header ETag of an answer says it, with its quotes.",
                    List.of(new FieldError(name, "has to be \"…\", several of them with commas between, or *"))));
        }
        return new EntityTags(false, TAG.matcher(text)
                .results()
                .map((MatchResult tag) -> tag.group(1))
                .collect(Collectors
                        .toUnmodifiableSet()));
    }
}

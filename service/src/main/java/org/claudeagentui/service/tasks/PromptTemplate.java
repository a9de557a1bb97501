package org.claudeagentui.service.tasks;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A prompt with placeholders, {@code {{name}}}, which may have blanks within the braces. What looks otherwise is text.
 *
 * @param text the prompt as it is kept
 */
record PromptTemplate(String text) {
    static final String NAME = "[A-Za-z_][A-Za-z0-9_.-]{0,99}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[ \\t]{0,20}(?<name>" + NAME + ")[ \\t]{0,20}\\}\\}");

    /** The names of its placeholders, in their order. */
    Set<String> names() {
        var names = new LinkedHashSet<String>();
        PLACEHOLDER.matcher(text).results().forEach(match -> names.add(match.group("name")));
        return names;
    }

    /** The prompt with its placeholders filled. What stands in a value is not looked at. */
    String filled(Map<String, String> values) {
        return PLACEHOLDER.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(Objects.requireNonNull(values.get(match.group("name")), "value")));
    }
}

package org.claudeagentui.acceptance.configuration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variable that a compose file interpolates.
 *
 * @param variable its name
 * @param required whether Compose refuses to go on without it
 * @param fallback what stands in its place where it is unset; empty where it is required
 */
record Interpolation(String variable, boolean required, String fallback) {
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Pattern FORM = Pattern.compile("\\$\\{(?<name>\\w+)(?:(?<operator>:[-?])(?<rest>[^}]*))?}");

    static List<Interpolation> in(String text) {
        return FORM.matcher(COMMENT.matcher(text).replaceAll("")).results().map(found -> {
            boolean required = ":?".equals(found.group("operator"));
            String rest = found.group("rest");
            return new Interpolation(found.group("name"), required, required || rest == null ? "" : rest);
        }).toList();
    }

    /** What Compose makes of a text where no variable is set. */
    static String byDefault(String text) {
        return FORM.matcher(text).replaceAll(found -> Matcher.quoteReplacement(in(found.group()).getFirst().fallback()));
    }
}

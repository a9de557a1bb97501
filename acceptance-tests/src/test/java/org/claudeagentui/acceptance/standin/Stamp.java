package org.claudeagentui.acceptance.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark of a stamped text delta.
 *
 * @param index the delta's place in its step, from 0
 * @param at when the stand-in wrote it, in nanoseconds since 1970
 */
public record Stamp(int index, long at) {
    private static final Pattern FORM = Pattern.compile("\\[(\\d{1,7})@(\\d{19})]");

    /** The stamps in a text, in their order. */
    public static List<Stamp> in(String text) {
        List<Stamp> stamps = new ArrayList<>();
        for (Matcher each = FORM.matcher(text); each.find();) {
            stamps.add(new Stamp(Integer.parseInt(each.group(1)), Long.parseLong(each.group(2))));
        }
        return stamps;
    }
}

package org.claudeagentui.acceptance.report;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Values that must not reach a report, a log or an exception's message. Known for the whole process, because a failure
 * may quote any command's output.
 */
public final class Secrets {
    private static final int SHORTEST = 6;
    private static final String HIDDEN = "[secret]";
    private static final Pattern ASSIGNMENT = Pattern
            .compile(
                    "(?i)(\\b[A-Z_]*(?:PASSWORD|SECRET|SALT|TOKEN|API_KEY|APP_KEYS)(?:[\"']?\\s*:\\s*[\"']|=[\"']?))(?!\\[secret])([^\\s\"',}]{6,})");
    private static final Pattern API_KEY = Pattern.compile("\\b(?:demo|sk-ant)-[A-Za-z0-9_-]{20,}");
    private static final Set<String> VALUES = ConcurrentHashMap.newKeySet();

    private Secrets() {
    }

    /** Hides this value from now on. Values shorter than 6 characters are no secrets and would hide ordinary text. */
    public static void register(String value) {
        if (value.length() >= SHORTEST) {
            VALUES.add(value);
        }
    }

    /** Gives the text with every known secret, and every value assigned to a secret's name, replaced. */
    public static String redact(String text) {
        String redacted = text;
        List<String> longestFirst = VALUES.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
        for (String value : longestFirst) {
            redacted = redacted.replace(value, HIDDEN);
        }
        return API_KEY.matcher(ASSIGNMENT.matcher(redacted).replaceAll("$1" + HIDDEN)).replaceAll(HIDDEN);
    }
}

package org.claudeagentui.service.tools;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Takes secrets out of what others say. */
final class Redaction {

    private static final int SHORTEST = 4;
    private static final int LONGEST_TEXT = 300;

    private final List<String> secrets;

    Redaction(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The text on one line, without the secrets, and no longer than an error's detail should be. */
    String of(String text) {
        String redacted = text;
        for (String secret : secrets) {
            redacted = redacted.replace(secret, "(secret)");
        }
        String line = redacted.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "…";
    }
}

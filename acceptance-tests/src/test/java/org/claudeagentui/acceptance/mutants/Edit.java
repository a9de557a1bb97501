package org.claudeagentui.acceptance.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A change to a copy of the checkout. */
@FunctionalInterface
interface Edit {
    /** Applies the change to the checkout at this root; an {@link IllegalStateException} says that it no longer fits the files. */
    void apply(Path root) throws IOException;

    /** Applies another change after this one. */
    default Edit and(Edit next) {
        return root -> {
            apply(root);
            next.apply(root);
        };
    }

    /** Replaces text that stands exactly once in a file. */
    static Edit replace(String file, String text, String replacement) {
        return root -> rewrite(root.resolve(file), 0, Integer.MAX_VALUE, text, replacement);
    }

    /** Replaces text that stands exactly once in the part of docker-compose.yml that describes a service. */
    static Edit service(String service, String text, String replacement) {
        return root -> {
            Path file = root.resolve("docker-compose.yml");
            String content = Files.readString(file);
            Matcher section = Pattern.compile("(?m)^  " + service + ":\\R(?:(?:    .*)?\\R)*").matcher(content);
            MatchResult found = section.results()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("docker-compose.yml describes no service " + service));
            rewrite(file, found.start(), found.end(), text, replacement);
        };
    }

    private static void rewrite(Path file, int from, int to, String text, String replacement) throws IOException {
        String content = Files.readString(file);
        int end = Math.min(to, content.length());
        int at = content.indexOf(text, from);
        if (at < 0 || at + text.length() > end) {
            throw new IllegalStateException("%s no longer has %s".formatted(file.getFileName(), text.strip()));
        }
        int again = content.indexOf(text, at + 1);
        if (again >= 0 && again + text.length() <= end) {
            throw new IllegalStateException("%s has %s more than once".formatted(file.getFileName(), text.strip()));
        }
        Files.writeString(file, content.substring(0, at) + replacement + content.substring(at + text.length()));
    }
}

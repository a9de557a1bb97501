package org.claudeagentui.acceptance.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A change to a copy of the checkout. */
sealed interface Edit {
    /** Applies the change to the checkout at this root; an {@link IllegalStateException} says that it no longer fits the files. */
    void apply(Path root) throws IOException;

    /** The files that it changes, from the root. */
    List<String> files();

    /** Leaves the checkout as it is. */
    static Edit nothing() {
        return new Nothing();
    }

    /** Applies another change after this one. */
    default Edit and(Edit next) {
        return new Both(this, next);
    }

    /** Replaces text that stands exactly once in a file. */
    static Edit replace(String file, String text, String replacement) {
        return new InFile(file, text, replacement);
    }

    /** Replaces text that stands exactly once in the part of docker-compose.yml that describes a service. */
    static Edit service(String service, String text, String replacement) {
        return new InService(service, text, replacement);
    }

    /** No change. */
    record Nothing() implements Edit {
        @Override
        public void apply(Path root) {
            // Nothing is changed.
        }

        @Override
        public List<String> files() {
            return List.of();
        }
    }

    /** One change after another. */
    record Both(Edit first, Edit next) implements Edit {
        @Override
        public void apply(Path root) throws IOException {
            first.apply(root);
            next.apply(root);
        }

        @Override
        public List<String> files() {
            return Stream.concat(first.files().stream(), next.files().stream()).distinct().toList();
        }
    }

    /** Text that stands exactly once in a file. */
    record InFile(String file, String text, String replacement) implements Edit {
        @Override
        public void apply(Path root) throws IOException {
            rewrite(root.resolve(file), 0, Integer.MAX_VALUE, text, replacement);
        }

        @Override
        public List<String> files() {
            return List.of(file);
        }
    }

    /** Text that stands exactly once in what docker-compose.yml says of a service. */
    record InService(String service, String text, String replacement) implements Edit {
        private static final String COMPOSE = "docker-compose.yml";

        @Override
        public void apply(Path root) throws IOException {
            Path file = root.resolve(COMPOSE);
            String content = Files.readString(file);
            Matcher section = Pattern.compile("(?m)^  " + service + ":\\R(?:(?:    .*)?\\R)*").matcher(content);
            MatchResult found = section.results()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(COMPOSE + " describes no service " + service));
            rewrite(file, found.start(), found.end(), text, replacement);
        }

        @Override
        public List<String> files() {
            return List.of(COMPOSE);
        }
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

package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.Project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the project's documentation says that a container is confined.
 *
 * @param user its user's and its group's number
 * @param capabilities what it may keep of the root user's power, or {@code none}
 * @param writable the folders in which it may write, Docker's own included
 */
record DocumentedConfinement(String user, String capabilities, Set<String> writable) {
    private static final String DOCUMENT = "docs/architecture.md";
    private static final Set<String> DOCKERS_OWN = Set.of("/dev/shm", "/dev/mqueue");
    private static final Pattern PATH = Pattern.compile("`(/[^`]+)`");

    static DocumentedConfinement of(Project project, String service) {
        Pattern row = Pattern.compile("^\\| %s \\| (\\d+) \\| ([^|]+) \\| ([^|]+\\|[^|]+) \\|$".formatted(service), Pattern.MULTILINE);
        try {
            Matcher found = row.matcher(Files.readString(project.root().resolve(DOCUMENT)));
            if (!found.find()) {
                throw new AssertionError(DOCUMENT + " does not say how " + service + " is confined");
            }
            Set<String> writable = PATH.matcher(found.group(3))
                    .results()
                    .map(MatchResult::group)
                    .map(path -> path.replace("`", ""))
                    .collect(
                            Collectors.toCollection(TreeSet::new));
            writable.addAll(DOCKERS_OWN);
            return new DocumentedConfinement(found.group(1) + ":" + found.group(1), found.group(2), writable);
        } catch (IOException e) {
            throw new UncheckedIOException(DOCUMENT + " can't be read", e);
        }
    }
}

package org.claudeagentui.acceptance.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What git calls the checkout under test.
 *
 * @param name the short name of its commit; empty without history
 * @param commitTime when that was committed, such as 2026-01-02T03:04:05Z
 * @param isClean whether no file differs from the commit, and none is new
 */
public record Revision(String name, String commitTime, boolean isClean) {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Asks git. */
    public static Revision of(Project project) {
        Path root = project.root();
        CommandResult name = git(root, "rev-parse", "--short", "HEAD");
        if (!name.succeeded()) {
            return new Revision("", "", false);
        }
        String time = git(root, "log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd").orThrow().out().strip();
        boolean clean = git(root, "status", "--porcelain").orThrow().out().isEmpty();
        return new Revision(name.out().strip(), time, clean);
    }

    /** Whether there is a commit that could name a release. */
    public boolean hasHistory() {
        return !name.isEmpty();
    }

    /** The tag of images that {@code ./stack push} makes of it. */
    public String tag() {
        return isClean ? name : name + "-dirty";
    }

    private static CommandResult git(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return CommandLine.run(root, Map.of("TZ", "UTC"), DEADLINE, command);
    }
}

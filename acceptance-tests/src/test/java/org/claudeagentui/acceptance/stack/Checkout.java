package org.claudeagentui.acceptance.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The checkout under test as git sees it.
 *
 * @param root its folder
 * @param revision the short name of its commit; empty without history
 * @param commitTime when that was committed, such as 2026-01-02T03:04:05Z
 * @param isClean whether no file differs from the commit, and none is new
 */
public record Checkout(Path root, String revision, String commitTime, boolean isClean) {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** Asks git. */
    public static Checkout of(Project project) {
        Path root = project.root();
        CommandResult revision = git(root, "rev-parse", "--short", "HEAD");
        if (!revision.succeeded()) {
            return new Checkout(root, "", "", false);
        }
        String time = git(root, "log", "-1", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd").orThrow().out().strip();
        boolean clean = git(root, "status", "--porcelain").orThrow().out().isEmpty();
        return new Checkout(root, revision.out().strip(), time, clean);
    }

    /** Whether there is a commit that could name a release. */
    public boolean hasHistory() {
        return !revision.isEmpty();
    }

    /** The tag of images that {@code ./stack push} makes of it. */
    public String tag() {
        return isClean ? revision : revision + "-dirty";
    }

    /** Copies its files, without the history and without what git ignores. */
    public Path copyTo(Path folder) {
        CommandLine.run(root, Map.of(), DEADLINE, List.of("bash", "-euo", "pipefail", "-c",
                "mkdir -p \"$0\" && git ls-files -z -co --exclude-standard | tar --create --null --files-from - | tar --extract --directory \"$0\"",
                folder.toString())).orThrow();
        return folder;
    }

    private static CommandResult git(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return CommandLine.run(root, Map.of("TZ", "UTC"), DEADLINE, command);
    }
}

package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.EnvironmentFailure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The checkout under test: its own compose files, its own {@code stack} command. */
public final class Project {
    private static final Duration GIT_DEADLINE = Duration.ofSeconds(10);

    private final Path root;
    private final Path work;

    private Project(Path root, Path work) {
        this.root = root;
        this.work = work;
    }

    /** Finds the checkout by the system property {@code acceptance.project}, else above the working directory. */
    public static Project locate() {
        String named = System.getProperty("acceptance.project");
        Path root = named == null ? search(Path.of("").toAbsolutePath()) : Path.of(named).toAbsolutePath();
        Path work = Path.of(System.getProperty("acceptance.directory", root.resolve("acceptance-tests/target/acceptance").toString()));
        return new Project(root, work.toAbsolutePath());
    }

    private static Path search(Path from) {
        for (Path at = from; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("docker-compose.yml"))) {
                return at;
            }
        }
        throw new EnvironmentFailure("No docker-compose.yml in " + from + " or above. Run the suite from the checkout: mvn verify");
    }

    /** The checkout's root. */
    public Path root() {
        return root;
    }

    /** Where test stacks keep their env files and data; below the build's target folder. */
    public Path work() {
        return work;
    }

    /** Copies the checkout's own files, those that git would take, to another folder, which becomes a repository without history. */
    public void copyTo(Path target) {
        CommandResult list = CommandLine.run(root, Map.of(), GIT_DEADLINE, List.of("git", "ls-files", "-z", "--cached", "--others",
                "--exclude-standard")).orThrow();
        for (String file : list.out().split("\0", -1)) {
            Path from = root.resolve(file);
            // What was deleted and not yet committed is still listed.
            if (!file.isEmpty() && Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                copy(from, target.resolve(file));
            }
        }
        CommandLine.run(target, Map.of(), GIT_DEADLINE, List.of("git", "init", "--quiet")).orThrow();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(from + " cannot be copied to " + to, e);
        }
    }

    /** The tag of the images that test stacks run; two checkouts on one machine stay apart by the system property {@code acceptance.tag}. */
    public static String imageTag() {
        return System.getProperty("acceptance.tag", "acceptance");
    }

    /** When a revision was committed, where this checkout knows it. */
    public Optional<Instant> commitTime(String revision) {
        CommandResult result = CommandLine.run(root, Map.of(), GIT_DEADLINE, List.of("git", "log", "-1", "--format=%cI", revision
                + "^{commit}"));
        return result.succeeded() ? Optional.of(OffsetDateTime.parse(result.out().strip()).toInstant()) : Optional.empty();
    }

    /** The revision under test, marked where files differ from it. */
    public String revision() {
        CommandResult result = CommandLine.run(root, Map.of(), GIT_DEADLINE, List.of("git", "describe", "--always", "--dirty",
                "--abbrev=12"));
        return result.succeeded() ? result.out().strip() : "unknown (" + result.lastLines(1) + ")";
    }
}

package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the suite must leave as it is: the operator's files in the checkout, and the stacks that run from it. */
final class Bystanders {
    private static final List<String> FILES = List.of(".env", "logs", "database/archive", "database/backups", "ssl");
    private static final String DEFAULT_STACK = "claude";
    private static final String PROJECT_LABEL = "com.docker.compose.project";
    private static final String FOLDER_LABEL = "com.docker.compose.project.working_dir";

    private final Project project;
    private final Engine engine;
    private final Map<String, String> files;
    private final Map<String, String> containers;
    private final List<String> volumes;

    private Bystanders(Project project, Engine engine) {
        this.project = project;
        this.engine = engine;
        this.containers = otherContainers();
        this.volumes = otherVolumes();
        this.files = operatorsFiles();
    }

    static Bystanders of(Project project, Engine engine) {
        return new Bystanders(project, engine);
    }

    String describe() {
        return "untouched: %d files of the operator's, %d containers and %d volumes of other stacks".formatted(files.size(), containers
                .size(), volumes.size());
    }

    /** Fails when something of the operator's is no longer as it was when the suite began. */
    void requireUntouched() {
        List<String> changes = new ArrayList<>();
        // A running stack of the operator's writes its own logs meanwhile.
        if (containers.isEmpty()) {
            compare("file", files, operatorsFiles(), changes);
        }
        Map<String, String> now = otherContainers();
        containers.forEach((name, state) -> {
            if (!state.equals(now.get(name))) {
                changes.add("container %s was %s, is %s".formatted(name, state, now.get(name)));
            }
        });
        List<String> volumesNow = otherVolumes();
        volumes.stream().filter(volume -> !volumesNow.contains(volume)).forEach(volume -> changes.add("volume " + volume + " is gone"));
        if (!changes.isEmpty()) {
            throw new IllegalStateException("The suite, or someone beside it, touched what is not the suite's: " + String.join("; ",
                    changes));
        }
    }

    private static void compare(String kind, Map<String, String> before, Map<String, String> after, List<String> changes) {
        before.forEach((name, hash) -> {
            if (!hash.equals(after.get(name))) {
                changes.add(kind + " " + name + (after.containsKey(name) ? " was changed" : " is gone"));
            }
        });
        after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(name -> changes.add(kind + " " + name + " appeared"));
    }

    private Map<String, String> otherContainers() {
        Map<String, String> states = new TreeMap<>();
        for (Container container : engine.containers(FOLDER_LABEL, project.root().toString())) {
            String stack = container.getLabels().getOrDefault(PROJECT_LABEL, "");
            if (!TestSession.mayTouch(stack)) {
                Optional<InspectContainerResponse> found = engine.find(container.getId());
                found.ifPresent(seen -> states.put(seen.getName(), seen.getId().substring(0, 12) + " started " + seen.getState()
                        .getStartedAt()));
            }
        }
        return states;
    }

    // The operator's stack may be down: then only its name tells its volumes.
    private List<String> otherVolumes() {
        Path envFile = project.root().resolve(".env");
        String name = Files.isReadable(envFile) ? EnvFile.read(envFile).get("STACK_NAME").orElse(DEFAULT_STACK) : DEFAULT_STACK;
        return engine.volumes(name + "-").stream().filter(volume -> !volume.startsWith(TestSession.STACK_PREFIX)).toList();
    }

    private Map<String, String> operatorsFiles() {
        Map<String, String> hashes = new TreeMap<>();
        for (String name : FILES) {
            Path path = project.root().resolve(name);
            if (Files.exists(path)) {
                try (Stream<Path> tree = Files.walk(path)) {
                    tree.filter(Files::isRegularFile)
                            .filter(Files::isReadable)
                            .forEach(file -> hashes.put(project.root().relativize(file).toString(), hash(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException("The operator's " + path + " cannot be looked at", e);
                }
            }
        }
        return hashes;
    }

    private static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("The operator's file " + file + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

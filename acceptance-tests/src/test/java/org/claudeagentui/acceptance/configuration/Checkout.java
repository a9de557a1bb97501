package org.claudeagentui.acceptance.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a checkout. */
record Checkout(Path root) {
    String read(String file) {
        return read(root.resolve(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** What all files below a folder hold whose names end so. */
    String readAll(String folder, String ending) {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return String.join("\n", files.filter(file -> file.toString().endsWith(ending)).sorted().map(Checkout::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    /** The topology's file and those that lie over it, as paths from the root. */
    List<String> composeFiles() {
        try (Stream<Path> top = Files.list(root); Stream<Path> docker = Files.walk(root.resolve("docker"), 2)) {
            return Stream.concat(top, docker)
                    .filter(file -> file.getFileName().toString().matches("docker-compose.*\\.yml"))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The compose files cannot be listed", e);
        }
    }
}

package org.claudeagentui.acceptance.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a backup, to be measured and damaged. */
final class MadeFiles {
    private MadeFiles() {
    }

    static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be listed", e);
        }
    }

    static long bytes(Path folder) {
        return below(folder).stream().mapToLong(file -> file.toFile().length()).sum();
    }

    static Path largest(Path folder) {
        return below(folder).stream()
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow(() -> new IllegalStateException("Nothing lies in " + folder));
    }

    static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
    }

    static void cutOff(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(access.length() - 1);
        }
    }

    /** Flips a bit in the middle; once more, and the file is as it was. */
    static void flip(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = access.length() / 2;
            access.seek(middle);
            int old = access.read();
            access.seek(middle);
            access.write(old ^ 1);
        }
    }
}

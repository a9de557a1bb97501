package org.claudeagentui.acceptance.promises;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A service's folder of log files, while it is being written to. */
record LogFolder(Path path) {
    static final long MOST = 30_000_000;

    /** Each file's size in bytes. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                try {
                    sizes.put(file.getFileName().toString(), Files.size(file));
                } catch (NoSuchFileException e) {
                    // Rotated away meanwhile: it counts nothing.
                    sizes.remove(file.getFileName().toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be listed", e);
        }
        return sizes;
    }

    long bytes() {
        return sizes().values().stream().mapToLong(Long::longValue).sum();
    }

    String text(String file) {
        try {
            return Files.readString(path.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** The last whole lines of a file, at most so many. */
    List<String> lastLines(String file, int most) {
        String text = text(file);
        List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }
}

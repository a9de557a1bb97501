package org.claudeagentui.service.logging;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.ErrorManager;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/**
 * A log file of bounded size with a bounded number of older ones beside it: {@code express.log}, {@code express.log.1}
 * and so on. A full disk costs lines, never the service: it is reported, and tried again a little later.
 */
final class LogFile implements LineSink {
    private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(10).toNanos();

    private final Path file;
    private final long mostBytes;
    private final int mostFiles;
    private final ErrorManager errors = new ErrorManager();
    private OutputStream output;
    private long size;
    private long pausedUntil = System.nanoTime();

    LogFile(Path file, long mostBytes, int mostFiles) throws IOException {
        this.file = file;
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
        this.output = open();
    }

    @Override
    public void write(List<byte[]> lines) {
        if (System.nanoTime() - pausedUntil < 0) {
            return;
        }
        try {
            var chunk = new ByteArrayOutputStream();
            for (var line : lines) {
                var before = size + chunk.size();
                if (before > 0 && before + line.length > mostBytes) {
                    append(chunk);
                    rotate();
                }
                chunk.writeBytes(line);
            }
            append(chunk);
        } catch (IOException e) {
            pausedUntil = System.nanoTime() + PAUSE_AFTER_FAILURE;
            errors.error(file.toString(), e, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void close() {
        try {
            output.close();
        } catch (IOException e) {
            errors.error(file.toString(), e, ErrorManager.CLOSE_FAILURE);
        }
    }

    private void append(ByteArrayOutputStream chunk) throws IOException {
        output.write(chunk.toByteArray());
        size += chunk.size();
        chunk.reset();
    }

    private void rotate() throws IOException {
        output.close();
        for (var age = mostFiles - 1; age > 0; age--) {
            var younger = aged(age - 1);
            if (Files.exists(younger)) {
                Files.move(younger, aged(age), REPLACE_EXISTING);
            }
        }
        output = open();
    }

    private OutputStream open() throws IOException {
        var opened = new FileOutputStream(file.toFile(), true);
        size = opened.getChannel().size();
        return opened;
    }

    private Path aged(int age) {
        return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
    }
}

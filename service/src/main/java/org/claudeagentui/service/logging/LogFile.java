package org.claudeagentui.service.logging;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

/**
 * A log file of bounded size with a bounded number of older ones beside it: {@code express.log}, {@code express.log.1}
 * and so on. A full disk costs lines, never the service: it is reported, and tried again a little later.
 */
final class LogFile extends Handler {
    private static final long PAUSE_AFTER_FAILURE = Duration.ofSeconds(10).toNanos();

    private final Path file;
    private final long mostBytes;
    private final int mostFiles;
    private OutputStream output;
    private long size;
    private long pausedUntil = System.nanoTime();

    LogFile(Path file, long mostBytes, int mostFiles, Formatter formatter) throws IOException {
        this.file = file;
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
        this.output = open();
        setFormatter(formatter);
    }

    @Override
    public synchronized void publish(LogRecord entry) {
        if (!isLoggable(entry) || System.nanoTime() - pausedUntil < 0) {
            return;
        }
        try {
            write(getFormatter().format(entry).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            pausedUntil = System.nanoTime() + PAUSE_AFTER_FAILURE;
            reportError(file.toString(), e, ErrorManager.WRITE_FAILURE);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back: each line is written as it comes.
    }

    @Override
    public synchronized void close() {
        try {
            output.close();
        } catch (IOException e) {
            reportError(file.toString(), e, ErrorManager.CLOSE_FAILURE);
        }
    }

    private void write(byte[] line) throws IOException {
        if (size + line.length > mostBytes && size > 0) {
            rotate();
        }
        output.write(line);
        size += line.length;
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

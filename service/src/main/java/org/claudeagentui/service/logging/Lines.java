package org.claudeagentui.service.logging;

import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Makes lines of what is logged, on the thread that logs it: it knows the request and the run. */
final class Lines extends Handler {
    private final LineWriter writer;

    Lines(LineWriter writer, Formatter formatter) {
        this.writer = writer;
        setFormatter(formatter);
        setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) {
            return;
        }
        var lost = writer.lost();
        if (lost > 0) {
            writer.take(line(new LogRecord(Level.WARNING, lost + " lines were lost: nobody took them in time")));
        }
        writer.take(line(entry));
    }

    private byte[] line(LogRecord entry) {
        return getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void flush() {
        // The writer holds nothing back.
    }

    @Override
    public void close() {
        writer.close();
    }
}

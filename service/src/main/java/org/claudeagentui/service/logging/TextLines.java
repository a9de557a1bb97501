package org.claudeagentui.service.logging;

import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A line for people; further lines of a message or a stack trace are indented, so that a line's start is known. */
final class TextLines extends Formatter {

    @Override
    public String format(LogRecord entry) {
        var context = LogContext.requestId().map(id -> " request=" + id).orElse("") + LogContext.runId().map(id -> " run=" + id).orElse("");
        var trace = Optional.ofNullable(entry.getThrown()).map(thrown -> "\n" + Stack.trace(thrown)).orElse("");
        var line = "%s %-5s %s%s %s%s".formatted(entry.getInstant(), Levels.named(entry.getLevel()),
                Optional.ofNullable(entry.getLoggerName()).orElse(""), context, formatMessage(entry), trace);
        return line.replace("\n", "\n    ") + "\n";
    }
}

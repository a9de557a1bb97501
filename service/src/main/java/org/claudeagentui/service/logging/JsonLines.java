package org.claudeagentui.service.logging;

import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object a line, whatever is in the message. */
final class JsonLines extends Formatter {

    @Override
    public String format(LogRecord entry) {
        var line = new StringBuilder(256).append('{');
        member(line, "time", entry.getInstant().toString());
        member(line, "level", Levels.named(entry.getLevel()).name());
        member(line, "logger", Optional.ofNullable(entry.getLoggerName()).orElse(""));
        member(line, "message", formatMessage(entry));
        LogContext.requestId().ifPresent(id -> member(line, "requestId", id));
        LogContext.runId().ifPresent(id -> member(line, "runId", id));
        LogContext.traceId().ifPresent(id -> member(line, "traceId", id));
        Optional.ofNullable(entry.getThrown()).ifPresent(thrown -> member(line, "exception", Stack.trace(thrown)));
        return line.append("}\n").toString();
    }

    private static void member(StringBuilder line, String name, String value) {
        if (line.length() > 1) {
            line.append(',');
        }
        line.append('"').append(name).append("\":\"");
        for (var i = 0; i < value.length(); i++) {
            escaped(line, value.charAt(i));
        }
        line.append('"');
    }

    private static void escaped(StringBuilder line, char character) {
        switch (character) {
            case '"' -> line.append("\\\"");
            case '\\' -> line.append("\\\\");
            case '\n' -> line.append("\\n");
            case '\r' -> line.append("\\r");
            case '\t' -> line.append("\\t");
            default -> {
                if (character < ' ' || character == '\u007f' || Character.isSurrogate(character)) {
                    line.append("\\u%04x".formatted((int) character));
                } else {
                    line.append(character);
                }
            }
        }
    }
}

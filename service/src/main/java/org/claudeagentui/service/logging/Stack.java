package org.claudeagentui.service.logging;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A stack trace as text, of a bounded length so that one failure can't fill a log file. */
final class Stack {
    private static final int MOST_CHARACTERS = 16_000;

    private Stack() {
    }

    static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        var trace = text.toString().strip();
        return trace.length() <= MOST_CHARACTERS ? trace : trace.substring(0, MOST_CHARACTERS) + "\n\t...";
    }
}

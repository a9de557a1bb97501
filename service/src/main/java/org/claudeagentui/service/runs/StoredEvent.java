package org.claudeagentui.service.runs;

/**
 * An event as the journal keeps it and every subscriber gets it.
 *
 * @param seq its place in the run, from 1 without gaps
 * @param type its name
 * @param data its JSON, on one line
 */
record StoredEvent(long seq, String type, String data) {

    /** Whether the run ended with it. */
    boolean last() {
        return switch (type) {
            case "run.completed", "run.failed", "run.cancelled" -> true;
            default -> false;
        };
    }

    /** About how much memory it takes. */
    int weight() {
        return 64 + data.length();
    }
}

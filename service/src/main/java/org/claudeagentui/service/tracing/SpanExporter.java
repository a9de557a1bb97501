package org.claudeagentui.service.tracing;

/** Takes steps of traces that have ended. */
interface SpanExporter extends AutoCloseable {

    /** Takes one, or drops it. Returns at once, and never fails. */
    void export(EndedSpan span);

    /** Hands on what was taken, for a short while, and takes no more. */
    @Override
    void close();
}

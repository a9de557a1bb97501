package org.claudeagentui.service.logging;

import java.util.List;

/** Where finished lines go. One thread at a time calls it. */
interface LineSink extends AutoCloseable {

    /** Writes lines, each with its end, in their order. What can't be written is reported, not thrown. */
    void write(List<byte[]> lines);

    @Override
    void close();
}

package org.claudeagentui.service.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;

/** What comes over a connection. The server takes in a chunk of a body as a whole before anybody can count it: one must not be huge. */
final class BoundedChunks extends DataReader {
    private static final int MOST_BYTES = 2_000_000;

    BoundedChunks(DataReader reader) {
        super(() -> {
            reader.ensureAvailable();
            return reader.readBytes(reader.available());
        });
    }

    @Override
    public BufferData readBuffer(int length) {
        if (length > MOST_BYTES) {
            throw new ProblemException(Problem.tooLarge("A chunk of a body may have " + MOST_BYTES + " bytes at most."));
        }
        return super.readBuffer(length);
    }
}

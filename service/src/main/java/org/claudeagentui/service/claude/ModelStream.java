package org.claudeagentui.service.claude;

import java.util.concurrent.CancellationException;

/** An answer as it comes. One thread reads; any thread may close. */
public interface ModelStream extends AutoCloseable {

    /**
     * Waits for the next event. The last one is {@link StreamEvent.MessageStop}; nothing may be read after it.
     *
     * @throws ModelException when the answer can't be had, or not all of it; nothing may be read after that
     * @throws CancellationException when the stream was closed
     */
    StreamEvent next() throws ModelException;

    /** Gives up what has not come yet, in whatever phase the request is: its connection is closed at once. */
    @Override
    void close();
}

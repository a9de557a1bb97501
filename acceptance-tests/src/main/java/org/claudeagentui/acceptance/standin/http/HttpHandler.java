package org.claudeagentui.acceptance.standin.http;

import java.io.IOException;

/** Answers requests, each on a virtual thread of its own. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers one request. An exchange left open is ended by the caller.
     *
     * @throws HungUpException when the client leaves first
     * @throws IOException when the connection breaks
     * @throws InterruptedException when the server stops
     */
    void handle(Exchange exchange) throws IOException, InterruptedException;
}

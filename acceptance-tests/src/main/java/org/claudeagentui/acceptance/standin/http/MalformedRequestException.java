package org.claudeagentui.acceptance.standin.http;

import java.io.IOException;

/** What arrived is no HTTP/1.1 request that this server takes; the connection is answered with {@link #status} and closed. */
final class MalformedRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    MalformedRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}

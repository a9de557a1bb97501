package org.claudeagentui.acceptance.standin.http;

import java.io.IOException;

/** The client closed or reset its connection before the answer was complete. */
public final class HungUpException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String MESSAGE = "The client hung up before the answer was complete";

    HungUpException() {
        super(MESSAGE);
    }

    HungUpException(IOException cause) {
        super(MESSAGE, cause);
    }
}

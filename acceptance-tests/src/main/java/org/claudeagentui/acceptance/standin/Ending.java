package org.claudeagentui.acceptance.standin;

/** How a connection comes to its end in the middle of an answer. */
enum Ending {
    /** A TCP reset. */
    RESET,
    /** A closed connection; over TLS without the closing alert. */
    CLOSE,
    /** Silence until the client leaves. */
    STALL
}

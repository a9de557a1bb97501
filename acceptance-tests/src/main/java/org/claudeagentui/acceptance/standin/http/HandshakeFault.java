package org.claudeagentui.acceptance.standin.http;

/** What a TLS port does to a new connection instead of a handshake. */
public enum HandshakeFault {
    /** Accepts and says nothing until the client leaves. */
    STALL,
    /** Resets the connection at once. */
    RESET,
    /** Sends bytes that are no TLS record, then closes. */
    GARBAGE
}

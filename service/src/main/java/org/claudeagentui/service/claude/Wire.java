package org.claudeagentui.service.claude;

import jakarta.json.spi.JsonProvider;

/** What reading and writing the wire format share. */
final class Wire {

    /** Held, because {@code jakarta.json.Json} looks its provider up at every call. */
    static final JsonProvider JSON = JsonProvider.provider();

    private Wire() {
    }
}

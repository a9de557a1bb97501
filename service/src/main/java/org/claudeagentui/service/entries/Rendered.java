package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;

import java.nio.charset.StandardCharsets;

/** JSON as it is sent, made once for all who ask for it. */
final class Rendered {
    private final byte[] bytes;

    private Rendered(byte[] bytes) {
        this.bytes = bytes;
    }

    static Rendered of(JsonObject json) {
        return new Rendered(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, which nobody is to change. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }
}

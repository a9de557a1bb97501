package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.EntityTag;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON as it is sent, made once for all who ask for it. */
final class Rendered {
    private final byte[] bytes;
    private final Optional<EntityTag> tag;

    private Rendered(byte[] bytes, Optional<EntityTag> tag) {
        this.bytes = bytes;
        this.tag = tag;
    }

    static Rendered of(JsonObject json) {
        return new Rendered(json.toString().getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    /** JSON whose states are told apart. */
    static Rendered tagged(JsonObject json) {
        var bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        return new Rendered(bytes, Optional.of(EntityTag.of(bytes)));
    }

    /** Names the state that this is, where states are told apart. */
    Optional<EntityTag> tag() {
        return tag;
    }

    /** The bytes themselves, which nobody is to change. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }
}

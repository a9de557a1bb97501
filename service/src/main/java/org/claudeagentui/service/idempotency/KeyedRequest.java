package org.claudeagentui.service.idempotency;

import java.util.Objects;

/**
 * A request that has a key.
 *
 * @param key tells the key from all others, in hexadecimal digits
 * @param body tells the body from all others, in the same way
 */
public record KeyedRequest(String key, String body) {

    /** Refuses to be incomplete. */
    public KeyedRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(body, "body");
    }
}

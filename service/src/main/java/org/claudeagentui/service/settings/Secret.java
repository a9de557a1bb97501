package org.claudeagentui.service.settings;

import java.util.Objects;

/**
 * A value that may be sent to the party it is meant for and to nobody else: it doesn't print.
 *
 * @param value the secret itself, never blank
 */
public record Secret(String value) {

    /** Refuses a blank value. */
    public Secret {
        if (Objects.requireNonNull(value, "value").isBlank()) {
            throw new IllegalArgumentException("A secret can't be blank");
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}

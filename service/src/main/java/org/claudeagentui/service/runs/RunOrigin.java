package org.claudeagentui.service.runs;

import java.util.Locale;
import java.util.Objects;

/**
 * What a run is made for.
 *
 * @param kind what that is
 * @param id its document id
 */
public record RunOrigin(Kind kind, String id) {

    /** What runs are made for. */
    public enum Kind {
        /** A stored prompt: any number of its runs may be at work at once. */
        TASK,
        /** A conversation, of which a run is a turn: it has one at a time. */
        CHAT;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** Refuses to be incomplete. */
    public RunOrigin {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }
}

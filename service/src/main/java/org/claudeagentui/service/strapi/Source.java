package org.claudeagentui.service.strapi;

import java.util.Locale;

/** Where the answer to a read came from. */
enum Source {
    /** It was remembered, and fresh. */
    MEMORY,
    /** Strapi was asked. */
    STRAPI,
    /** It was remembered and no longer fresh, but Strapi gave none. */
    STALE,
    /** There was none. */
    NONE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.claudeagentui.service.strapi;

import java.time.Duration;

/**
 * What Strapi said, and when.
 *
 * @param <V> type of what it said
 * @param value what it said
 * @param age how long ago it was asked
 * @param overdue for how long that has been too old, were there anything better; zero where it is fresh
 */
public record Dated<V>(V value, Duration age, Duration overdue) {

    /** Whether Strapi gives no newer answer although this one is too old. */
    public boolean stale() {
        return overdue.isPositive();
    }
}

package org.claudeagentui.service.strapi;

import java.time.Duration;

/**
 * What Strapi said.
 *
 * @param value what it said
 * @param asked when it was asked, as nanoseconds of the system's timer
 * @param generation the changes that had happened until then
 */
record Copy<V>(V value, long asked, long generation) {

    Duration age(long now) {
        return Duration.ofNanos(now - asked);
    }
}

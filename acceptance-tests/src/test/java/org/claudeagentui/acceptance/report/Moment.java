package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** What can happen to a service while its stack starts. */
public enum Moment {
    /** Its container was made. */
    CREATED,
    /** Its container was started. */
    STARTED,
    /** Its health check turned to healthy. */
    HEALTHY,
    /** Its health check gave up. */
    UNHEALTHY,
    /** Its main process ended. */
    DIED;

    /** The word for it. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}

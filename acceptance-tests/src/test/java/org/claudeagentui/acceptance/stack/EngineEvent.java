package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.time.Instant;

/**
 * What the engine did with a container, at its own clock's nanoseconds.
 *
 * @param at when, by the engine's clock
 * @param service the Compose service
 * @param action {@code create}, {@code start}, {@code die}, {@code health_status: healthy} and so on
 * @param container the container's id
 * @param exitCode the exit code of a {@code die}, else empty
 */
public record EngineEvent(Instant at, String service, String action, String container, String exitCode) {
    /** The container was started. */
    public static final String START = "start";
    /** The container's main process ended. */
    public static final String DIE = "die";
    /** The kernel killed one of the container's processes for memory. */
    public static final String OOM = "oom";
    /** The health check turned to healthy. */
    public static final String HEALTHY = "health_status: healthy";
    /** The health check turned to unhealthy. */
    public static final String UNHEALTHY = "health_status: unhealthy";

    boolean is(String otherService, String otherAction) {
        return service.equals(otherService) && action.equals(otherAction);
    }

    /** Says when, after a given moment, this happened: {@code strapi start +3.214 s}. */
    public String since(Instant start) {
        return "%s %s +%.3f s".formatted(service, action.replace("health_status: ", ""), Duration.between(start, at).toNanos() / 1e9);
    }
}

package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.time.Instant;

/**
 * What a container had used by a moment, as its cgroup counts it.
 *
 * @param at the moment, by the engine's clock
 * @param cpu processor time since the container's start
 * @param memoryBytes memory in use, without what the kernel could drop from its cache of files
 */
public record ResourceUsage(Instant at, Duration cpu, long memoryBytes) {
    /** The processor cores in use on average since an earlier moment. */
    public double coresSince(ResourceUsage earlier) {
        return (double) cpu.minus(earlier.cpu).toNanos() / Duration.between(earlier.at, at).toNanos();
    }
}

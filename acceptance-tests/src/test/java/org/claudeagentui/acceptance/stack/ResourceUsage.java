package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.Statistics;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a container had used by a moment, as its cgroup counts it.
 *
 * @param at the moment, by the engine's clock
 * @param cpu processor time since the container's start
 * @param memoryBytes memory in use, without what the kernel could drop from its cache of files
 */
public record ResourceUsage(Instant at, Duration cpu, long memoryBytes) {
    // An engine on cgroup version 1 tells the droppable part of the whole tree, one on version 2 that of the cgroup.
    static ResourceUsage of(Statistics statistics) {
        var memory = present(statistics.getMemoryStats());
        var details = present(memory.getStats());
        Long ofTree = details.getTotalInactiveFile();
        long droppable = ofTree == null ? present(details.getInactiveFile()) : ofTree;
        long cpu = present(present(present(statistics.getCpuStats()).getCpuUsage()).getTotalUsage());
        return new ResourceUsage(Instant.parse(present(statistics.getRead())), Duration.ofNanos(cpu), present(memory.getUsage())
                - droppable);
    }

    private static <T> T present(@Nullable T value) {
        return Objects.requireNonNull(value, "the engine's statistics are incomplete");
    }

    /** The processor cores in use on average since an earlier moment. */
    public double coresSince(ResourceUsage earlier) {
        return (double) cpu.minus(earlier.cpu).toNanos() / Duration.between(earlier.at, at).toNanos();
    }
}

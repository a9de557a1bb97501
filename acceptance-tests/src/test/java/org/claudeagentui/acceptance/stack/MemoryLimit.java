package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.HostConfig;

import java.util.Objects;

/** What a container may have of memory, of memory and swap together, and what is kept for it; in bytes. */
record MemoryLimit(long memory, long withSwap, long reserved) {
    static MemoryLimit of(HostConfig host) {
        return new MemoryLimit(Objects.requireNonNull(host.getMemory(), "a memory limit"), Objects.requireNonNull(host.getMemorySwap(),
                "a limit with swap"), Objects.requireNonNull(host.getMemoryReservation(), "a memory reservation"));
    }

    /** No more than this, and no swap. */
    static MemoryLimit of(long bytes) {
        return new MemoryLimit(bytes, bytes, bytes);
    }
}

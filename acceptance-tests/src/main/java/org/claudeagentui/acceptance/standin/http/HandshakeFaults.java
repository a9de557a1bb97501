package org.claudeagentui.acceptance.standin.http;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;

/** Faults waiting for the next connections of a TLS port, each spent by one. */
public final class HandshakeFaults {
    /** The most that can wait. */
    public static final int LIMIT = 1000;

    private final Queue<HandshakeFault> waiting = new LinkedBlockingQueue<>(LIMIT);

    /** Adds a fault for {@code times} connections; false when that would be more than {@link #LIMIT} in all. */
    public boolean add(HandshakeFault fault, int times) {
        for (int i = 0; i < times; i++) {
            if (!waiting.offer(fault)) {
                return false;
            }
        }
        return true;
    }

    /** Forgets the faults still waiting. */
    public void clear() {
        waiting.clear();
    }

    /** How many faults are still waiting. */
    public int size() {
        return waiting.size();
    }

    Optional<HandshakeFault> next() {
        return Optional.ofNullable(waiting.poll());
    }
}

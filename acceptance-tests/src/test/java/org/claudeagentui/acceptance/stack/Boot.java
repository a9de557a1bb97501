package org.claudeagentui.acceptance.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One start of a stack: from the moment it was asked for to the moment its last service was healthy.
 *
 * @param asked when the start was asked for
 * @param events what the engine did since
 * @param healthyAfter from the request to the last service's health, by the engine's clock
 */
public record Boot(Instant asked, List<EngineEvent> events, Duration healthyAfter) {
    /** Copies the events. */
    public Boot {
        events = List.copyOf(events);
    }

    static Boot of(Instant asked, List<EngineEvent> events) {
        Instant last = events.stream()
                .filter(event -> event.action().equals(EngineEvent.HEALTHY))
                .map(EngineEvent::at)
                .max(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("No service turned healthy"));
        return new Boot(asked, events, Duration.between(asked, last));
    }
}

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
 * @param frontDoor what a client saw there meanwhile that asked twenty times a second
 */
public record Boot(Instant asked, List<EngineEvent> events, Duration healthyAfter, List<Sight> frontDoor) {
    /** Copies the lists. */
    public Boot {
        events = List.copyOf(events);
        frontDoor = List.copyOf(frontDoor);
    }

    static Boot of(Instant asked, List<EngineEvent> events, List<Sight> frontDoor) {
        Instant last = events.stream()
                .filter(event -> event.action().equals(EngineEvent.HEALTHY))
                .map(EngineEvent::at)
                .max(Instant::compareTo)
                .orElseThrow(() -> new IllegalStateException("No service turned healthy"));
        return new Boot(asked, events, Duration.between(asked, last), frontDoor);
    }

    /** The first time that a service did something in this start. */
    public Instant first(String service, String action) {
        return events.stream()
                .filter(event -> event.is(service, action))
                .map(EngineEvent::at)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No event \"" + action + "\" of " + service));
    }
}

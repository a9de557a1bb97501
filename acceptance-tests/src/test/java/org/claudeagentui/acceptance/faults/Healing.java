package org.claudeagentui.acceptance.faults;

import org.awaitility.core.ConditionTimeoutException;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.DeadlineMissedException;
import org.claudeagentui.acceptance.stack.EngineEvent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import static org.awaitility.Awaitility.await;

/**
 * How a stack took a fault.
 *
 * @param cell the fault
 * @param after from the fault, or from its end where it lasts, to the service's health and the whole stack's answers; where it did
 *         not heal, to the moment at which it was given up
 * @param complaints what its clients still lacked then; empty where it healed
 * @param events what the engine did meanwhile, since the fault was asked for
 */
public record Healing(Cell cell, Duration after, List<String> complaints, List<EngineEvent> events) {
    private static final Duration PATIENCE = Duration.ofSeconds(75);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Copies the lists. */
    public Healing {
        complaints = List.copyOf(complaints);
        events = List.copyOf(events);
    }

    /** Has a fault befall a stack that is whole, and waits until it is whole again, or has been given up. */
    public static Healing of(ComposeStack stack, Cell cell) {
        WholeStack whole = WholeStack.of(stack);
        Instant asked = Instant.now();
        Instant since = cell.fault().befall(stack, cell.service());
        List<String> complaints = awaitWhole(stack, whole, cell, asked);
        return new Healing(cell, Duration.between(since, Instant.now()), complaints, stack.events().since(asked));
    }

    private static List<String> awaitWhole(ComposeStack stack, WholeStack whole, Cell cell, Instant asked) {
        AtomicReference<List<String>> complaints = new AtomicReference<>(List.of());
        try {
            if (cell.fault().ends()) {
                EngineEvent died = stack.events().await(cell.service(), EngineEvent.DIE, asked, PATIENCE);
                stack.events().await(cell.service(), EngineEvent.HEALTHY, died.at(), PATIENCE);
            }
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> {
                complaints.set(stack.isHealthy(cell.service()) ? whole.complaints() : List.of(cell.service() + " is not healthy"));
                return complaints.get().isEmpty();
            });
            return List.of();
        } catch (DeadlineMissedException e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (ConditionTimeoutException e) {
            return complaints.get();
        }
    }

    /** Whether the stack is whole again. */
    public boolean healed() {
        return complaints.isEmpty();
    }

    /** What the engine did meanwhile, and what was still lacking. */
    public String describe() {
        List<String> happened = events.stream()
                .filter(event -> List.of(EngineEvent.DIE, EngineEvent.START, EngineEvent.HEALTHY, EngineEvent.UNHEALTHY)
                        .contains(event
                                .action()))
                .map(event -> event.since(events.getFirst().at()) + (event.exitCode().isEmpty() ? "" : " (" + event.exitCode() + ")"))
                .toList();
        return (happened.isEmpty() ? "the engine had nothing to do" : String.join(", ", happened))
                + (healed() ? "" : "; not healed: " + String.join(", ", complaints));
    }
}

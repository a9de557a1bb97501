package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.standin.StandinScript.Cut;

import java.util.Optional;
import java.util.Set;

/** What can befall a run at a point of it. */
enum FaultCause {
    CLIENT_GONE, CLIENT_SLOW, CANCELLED, SERVICE_TERMINATED, SERVICE_KILLED, MODEL_RESET, MODEL_STALL, POSTGRES_KILLED, STRAPI_KILLED;

    /** How the model breaks off, where it does. */
    Optional<Cut> cut() {
        return switch (this) {
            case MODEL_RESET -> Optional.of(Cut.RESET);
            case MODEL_STALL -> Optional.of(Cut.STALL);
            case CLIENT_GONE, CLIENT_SLOW, CANCELLED, SERVICE_TERMINATED, SERVICE_KILLED, POSTGRES_KILLED, STRAPI_KILLED -> Optional
                    .empty();
        };
    }

    /** Why it can't befall a run there. */
    Optional<String> impossibleAt(FaultPoint point) {
        return cut().isPresent() && !point.asks() ? Optional.of("nothing is asked of the model then") : Optional.empty();
    }

    /** The last event that docs/api.md promises, and its kind of error; one of these. */
    Set<String> endsAt(FaultPoint point) {
        if (point == FaultPoint.AFTER_AN_ERROR_EVENT) {
            // Killed before the journal had the end, the service leaves a turn that is asked for again.
            return this == SERVICE_KILLED
                    ? Set.of("run.failed model-overloaded", "run.completed")
                    : Set.of("run.failed model-overloaded");
        }
        if (point == FaultPoint.AFTER_THE_LAST_EVENT) {
            return Set.of("run.completed");
        }
        if (point == FaultPoint.IN_A_TOOL_CALL && this == SERVICE_KILLED) {
            // Nobody knows whether the tool has done its work.
            return Set.of("run.failed run-interrupted");
        }
        return Set.of(switch (this) {
            case CLIENT_GONE, CLIENT_SLOW, SERVICE_TERMINATED, SERVICE_KILLED, POSTGRES_KILLED, STRAPI_KILLED -> "run.completed";
            case CANCELLED -> "run.cancelled";
            case MODEL_RESET -> point.begun() || point == FaultPoint.CONNECT ? "run.failed model-connection-failed" : "run.completed";
            case MODEL_STALL -> switch (point) {
                case TLS_HANDSHAKE -> "run.completed";
                case CONNECT -> "run.failed model-connection-failed";
                default -> "run.failed model-timed-out";
            };
        });
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.time.Duration;
import java.util.Optional;

/** How long something has been failing. Used by one thread. */
final class Outage {

    private final Duration patience;
    private Optional<Deadline> end = Optional.empty();

    Outage(Duration patience) {
        this.patience = patience;
    }

    /** Takes note of a failure; tells whether it is the first one of an outage. */
    boolean begins() {
        if (end.isPresent()) {
            return false;
        }
        end = Optional.of(Deadline.after(patience));
        return true;
    }

    /** Whether it has gone on for longer than one has patience. */
    boolean lastsTooLong() {
        return end.filter(Deadline::passed).isPresent();
    }

    /** Takes note of a success, or of having given up; tells whether that ends an outage. */
    boolean ends() {
        boolean was = end.isPresent();
        end = Optional.empty();
        return was;
    }
}

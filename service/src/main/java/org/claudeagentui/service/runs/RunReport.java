package org.claudeagentui.service.runs;

import java.util.Objects;
import java.util.Optional;

/**
 * How a run stands, for those who had it made.
 *
 * @param origin what it was made for
 * @param run the run, with its output where it has ended
 * @param first whether nothing may have been told of it before
 * @param latest whether it is the latest run that was made for that
 */
public record RunReport(RunOrigin origin, Run run, boolean first, boolean latest) {

    /** Refuses to be incomplete. */
    public RunReport {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(run, "run");
    }

    /** How it ended, if it has. */
    public Optional<RunState> outcome() {
        return Optional.of(run.state()).filter(RunState::ended);
    }
}

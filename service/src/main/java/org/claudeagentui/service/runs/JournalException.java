package org.claudeagentui.service.runs;

import org.claudeagentui.service.web.HasProblem;
import org.claudeagentui.service.web.Problem;

import java.sql.SQLException;

/** The journal could not be read or written. */
final class JournalException extends RuntimeException implements HasProblem {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private JournalException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    static JournalException of(String what, Throwable cause) {
        return new JournalException("The journal can't be reached or refuses to " + what + ": " + cause.getMessage(), isPassing(cause),
                cause);
    }

    /** Whether the same may succeed later: the database is away or busy, rather than at odds with the statement. */
    boolean passing() {
        return passing;
    }

    @Override
    public Problem problem() {
        return Problem.unavailable("The journal of runs can't be reached: try again in a moment.");
    }

    private static boolean isPassing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                // Connection, rollback, out of resources, operator's intervention, read-only, system error.
                return state.startsWith("08") || state.startsWith("40") || state.startsWith("53") || state.startsWith("57")
                        || state.startsWith("25006") || state.startsWith("58");
            }
        }
        return true;
    }
}

package org.claudeagentui.service.security;

import org.claudeagentui.service.web.HasProblem;
import org.claudeagentui.service.web.Problem;

/** Who may come in can't be found out, or written down, right now. */
final class StoreException extends RuntimeException implements HasProblem {
    private static final long serialVersionUID = 1;

    StoreException(Throwable cause) {
        super("Sessions and tokens can't be reached: " + cause.getMessage(), cause);
    }

    @Override
    public Problem problem() {
        return Problem.unavailable("The database of sessions and tokens can't be reached: try again in a moment.");
    }
}

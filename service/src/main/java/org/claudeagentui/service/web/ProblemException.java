package org.claudeagentui.service.web;

import java.util.List;
import java.util.Objects;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException implements HasProblem {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /**
     * Ends a request.
     *
     * @param problem what the client is told
     */
    public ProblemException(Problem problem) {
        super(Objects.requireNonNull(problem, "problem").detail());
        this.problem = problem;
    }

    /**
     * Ends a request because of something that went wrong below.
     *
     * @param problem what the client is told
     * @param cause what went wrong
     */
    public ProblemException(Problem problem, Throwable cause) {
        super(Objects.requireNonNull(problem, "problem").detail(), cause);
        this.problem = problem;
    }

    /** Ends a request of which some members are wrong. */
    public static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(Problem.invalid(errors));
    }

    /** Ends a request for something that isn't there. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.notFound(detail));
    }

    @Override
    public Problem problem() {
        return problem;
    }
}

package org.claudeagentui.acceptance.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The suite cannot do its work here; what it was to prove is neither verified nor broken. */
public final class EnvironmentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what failed, why, and the one next command. */
    public EnvironmentFailure(String message) {
        super(message);
    }

    /** Says what failed and why, with its cause. */
    public EnvironmentFailure(String message, Throwable cause) {
        super(message, cause);
    }

    // A test's own failure comes first where its environment went away under it; the environment's is then beside it.
    static Optional<EnvironmentFailure> in(Throwable failure) {
        if (failure instanceof EnvironmentFailure found) {
            return Optional.of(found);
        }
        return Stream.concat(Optional.ofNullable(failure.getCause()).stream(), Arrays.stream(failure.getSuppressed()))
                .flatMap(beside -> in(beside).stream())
                .findFirst();
    }
}

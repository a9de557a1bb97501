package org.claudeagentui.service.claude;

/** The model gave no answer, or not all of it. */
public final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ModelFailure failure;

    /** A failure that has no exception behind it. */
    public ModelException(ModelFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /** A failure and the exception behind it. */
    public ModelException(ModelFailure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = failure;
    }

    /** What kind of failure it is. */
    public ModelFailure failure() {
        return failure;
    }
}

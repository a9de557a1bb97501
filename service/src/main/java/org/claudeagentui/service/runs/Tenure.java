package org.claudeagentui.service.runs;

/**
 * The right to write a run. It is lost for good once an event could not be written: a later one would leave a gap.
 */
final class Tenure {

    private static final int FIRST = 1;

    private final int epoch;
    private volatile boolean lost;

    Tenure(int epoch) {
        this.epoch = epoch;
    }

    /** The right to write a new run. */
    static Tenure first() {
        return new Tenure(FIRST);
    }

    /** How often the run has changed hands, and once more. */
    int epoch() {
        return epoch;
    }

    /** Whether it never has. */
    boolean isFirst() {
        return epoch == FIRST;
    }

    void lose() {
        lost = true;
    }

    boolean lost() {
        return lost;
    }
}

package org.claudeagentui.service.runs;

/** A run can't be written here any more: another replica has taken it over, or an event of it could not be written. */
final class RunLost extends Exception {

    private static final long serialVersionUID = 1L;

    RunLost(RunId run) {
        super("run " + run + " can't be written here any more");
    }
}

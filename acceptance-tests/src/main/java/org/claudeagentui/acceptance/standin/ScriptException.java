package org.claudeagentui.acceptance.standin;

/** A script or control request that can't be taken; names the field and what is wrong with it. */
final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    ScriptException(String field, String problem) {
        super(field + " " + problem);
        this.field = field;
        this.problem = problem;
    }

    String field() {
        return field;
    }

    String problem() {
        return problem;
    }
}

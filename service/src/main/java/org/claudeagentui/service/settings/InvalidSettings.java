package org.claudeagentui.service.settings;

import java.util.List;

/** The environment can't be served with: every variable that is wrong, and how to right it. */
public final class InvalidSettings extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Refusal> refusals;

    InvalidSettings(List<Refusal> refusals) {
        super(String.join("; ", refusals.stream().map(Refusal::toString).toList()));
        this.refusals = List.copyOf(refusals);
    }

    /** What was refused, in the order in which the variables were read; never empty. */
    public List<Refusal> refusals() {
        return refusals;
    }

    /**
     * One variable that was refused. The value is never part of it, because it may be a secret.
     *
     * @param variable name of the environment variable
     * @param reason what is wrong with it
     * @param remedy what to do about it
     */
    public record Refusal(String variable, String reason, String remedy) {
        @Override
        public String toString() {
            return variable + " " + reason + ": " + remedy;
        }
    }
}

package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the suite says of the whole stack. */
enum Verdict {
    /** Every promise of the catalogue was proved. */
    VERIFIED("verified"),
    /** At least one promise was seen broken. */
    BROKEN("broken"),
    /** Nothing was seen broken, but not every promise was proved. */
    INCOMPLETE("incomplete"),
    /** The suite could not do its work: no engine, or images that do not build. Says nothing about the promises. */
    ENVIRONMENT_FAILED("environment-failed");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    @JsonValue
    String label() {
        return label;
    }
}

package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a test ended. */
enum Result {
    PASSED("passed"), FAILED("failed"), NOT_RUN("not-run");

    private final String label;

    Result(String label) {
        this.label = label;
    }

    @JsonValue
    String label() {
        return label;
    }
}

package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the suite can say of one promise. */
enum Status {
    VERIFIED("verified"), BROKEN("broken"), NOT_VERIFIED("not-verified");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    @JsonValue
    String label() {
        return label;
    }
}

package org.claudeagentui.acceptance.report;

/** Keys under which a test's evidence travels from the test to the report. */
final class ReportKeys {
    static final String EXPECTED = "expected";
    static final String OBSERVED = "observed";
    static final String FIGURE = "figure.";

    private ReportKeys() {
    }
}

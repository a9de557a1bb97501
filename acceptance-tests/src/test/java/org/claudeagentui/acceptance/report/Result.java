package org.claudeagentui.acceptance.report;

/** How a test ended. */
enum Result {
    PASSED, FAILED, NOT_RUN
}

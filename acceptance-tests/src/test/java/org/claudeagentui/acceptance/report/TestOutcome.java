package org.claudeagentui.acceptance.report;

import java.util.List;

/** One test's end: what it claims, how it ended, why if it did not pass, and what it left. */
record TestOutcome(String test, List<Claim> claims, Result result, String reason, Findings findings) {
    TestOutcome {
        claims = List.copyOf(claims);
    }
}

package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;

/** One test's end: what it claims, how it ended, why if it did not pass, and the evidence it left. */
record TestOutcome(String test, List<Claim> claims, Result result, String reason, Map<String, String> evidence) {
    TestOutcome {
        claims = List.copyOf(claims);
        evidence = Map.copyOf(evidence);
    }
}

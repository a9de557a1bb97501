package org.claudeagentui.acceptance.report;

import com.fasterxml.jackson.annotation.JsonInclude;

import java.util.Map;
import java.util.TreeMap;

/** The evidence one test left for one promise; the part is empty where the test proves the promise as a whole. */
record TestEvidence(String test, @JsonInclude(JsonInclude.Include.NON_EMPTY) String part, Result result, String expected, String observed,
        Map<String, String> figures) {

    static TestEvidence of(TestOutcome outcome, Claim claim) {
        Map<String, String> figures = new TreeMap<>();
        outcome.evidence().forEach((key, value) -> {
            if (key.startsWith(ReportKeys.FIGURE)) {
                figures.put(key.substring(ReportKeys.FIGURE.length()), value);
            }
        });
        return new TestEvidence(outcome.test(), claim.part(), outcome.result(), outcome.evidence().getOrDefault(ReportKeys.EXPECTED, ""),
                outcome.evidence().getOrDefault(ReportKeys.OBSERVED, ""), figures);
    }
}

package org.claudeagentui.acceptance.report;

import java.util.List;

/** What the suite can say of one promise, why it cannot say more, and on what evidence. */
record PromiseReport(String id, String text, Status status, String reason, List<TestEvidence> evidence) {
    PromiseReport {
        evidence = List.copyOf(evidence);
    }
}

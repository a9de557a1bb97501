package org.claudeagentui.acceptance.report;

import java.util.List;

/**
 * What the suite can say of one part of a promise, why it cannot say more, and which tests say it; the name is empty where
 * a promise has no parts.
 */
record PartReport(String name, Status status, String reason, List<String> tests) {
    PartReport {
        tests = List.copyOf(tests);
    }
}

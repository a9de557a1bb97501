package org.claudeagentui.acceptance.report;

import java.util.List;

/** What the suite can say of one promise, why it cannot say more, and what it says of each part. */
record PromiseReport(String id, String text, Status status, String reason, List<PartReport> parts) {
    PromiseReport {
        parts = List.copyOf(parts);
    }

    /** Whether any test claims it. */
    boolean tested() {
        return parts.stream().anyMatch(part -> !part.tests().isEmpty());
    }

    /** The tests that claim it, each once. */
    List<String> tests() {
        return parts.stream().flatMap(part -> part.tests().stream()).distinct().toList();
    }
}

package org.claudeagentui.acceptance.report;

import java.util.List;

/** What the suite can say of one promise of a family, why it cannot say more, and what it says of each part. */
record PromiseReport(String id, String family, String text, Status status, String reason, List<PartReport> parts) {
    PromiseReport {
        parts = List.copyOf(parts);
    }

    /** Whether a test of this run claims it. */
    boolean tested() {
        return parts.stream().anyMatch(part -> !part.tests().isEmpty());
    }

    /** The tests of this run that claim it, each once. */
    List<String> tests() {
        return parts.stream().flatMap(part -> part.tests().stream()).distinct().toList();
    }
}

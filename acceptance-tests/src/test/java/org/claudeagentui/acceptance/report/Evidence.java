package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a test leaves behind: what it expected, what it saw, and figures. A test receives it as a parameter; a test that
 * leaves none fails, since nobody could tell what it proved. Secrets are taken out when it is recorded.
 */
public final class Evidence {
    private final List<String> expected = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final Map<String, String> figures = new LinkedHashMap<>();

    Evidence() {
    }

    /** Adds a line on what should be seen if the promise holds. */
    public Evidence expected(String line) {
        expected.add(Secrets.redact(line));
        return this;
    }

    /** Adds a line on what was seen. */
    public Evidence observed(String line) {
        observed.add(Secrets.redact(line));
        return this;
    }

    /** Adds a measured value with its unit; a later value of the same name replaces an earlier one. */
    public Evidence figure(String name, Object value, String unit) {
        figures.put(name, Secrets.redact((value + " " + unit).strip()));
        return this;
    }

    boolean isComplete() {
        return !expected.isEmpty() && !observed.isEmpty();
    }

    Map<String, String> asEntry() {
        Map<String, String> entry = new LinkedHashMap<>();
        if (!expected.isEmpty()) {
            entry.put(ReportKeys.EXPECTED, String.join("; ", expected));
        }
        if (!observed.isEmpty()) {
            entry.put(ReportKeys.OBSERVED, String.join("; ", observed));
        }
        figures.forEach((name, value) -> entry.put(ReportKeys.FIGURE + name, value));
        return entry;
    }
}

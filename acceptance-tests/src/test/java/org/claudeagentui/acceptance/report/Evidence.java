package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a test leaves behind: what it expected, what it saw, figures and tables. A test receives it as a parameter; a test
 * that leaves none fails, since nobody could tell what it proved. Secrets are taken out when it is recorded.
 */
public final class Evidence {
    private final List<String> expected = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();

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
        Figure figure = Figure.of(name, value, unit);
        figures.put(name, new Figure(name, Secrets.redact(figure.value()), unit));
        return this;
    }

    /**
     * Adds what was seen in many cases, one a row; the first column names the case. Where a row has the columns "expected" and
     * "observed" that differ, the report marks it.
     *
     * @throws IllegalArgumentException where a row has more or fewer cells than there are columns
     */
    public Evidence table(String title, List<String> columns, List<List<String>> rows) {
        tables.add(new Table(title, columns, rows.stream().map(row -> row.stream().map(Secrets::redact).toList()).toList()));
        return this;
    }

    boolean isComplete() {
        return !expected.isEmpty() && !observed.isEmpty();
    }

    Findings findings() {
        return new Findings(expected, observed, List.copyOf(figures.values()), tables);
    }
}

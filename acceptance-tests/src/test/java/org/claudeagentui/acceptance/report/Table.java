package org.claudeagentui.acceptance.report;

import java.util.List;

/**
 * Evidence in rows: what was asked in many cases, and what each answered.
 *
 * @param title what the table shows, also for who can't see it
 * @param columns the columns' headings; the first column names each row
 * @param rows the rows, each with a cell for each column
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {
    /** Copies the rows, and refuses those that don't fit the columns. */
    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        if (title.isBlank() || columns.isEmpty()) {
            throw new IllegalArgumentException("A table needs a title and columns");
        }
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("\"%s\" has the columns %s, yet a row %s".formatted(title, columns, row));
            }
        }
    }
}

package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.function.BiConsumer;

/** Tables with a caption and headings that say what they head; wide ones scroll by themselves, from the keyboard, too. */
final class HtmlTables {
    private HtmlTables() {
    }

    /** A table of texts; the first column heads its row. */
    static void table(Markup out, String caption, List<String> columns, List<List<String>> rows) {
        table(out, caption, columns, rows, (row, column) -> out.prose(rows.get(row).get(column)));
    }

    /** A table of which each cell is written by the caller. */
    static void table(Markup out, String caption, List<String> columns, List<?> rows, BiConsumer<Integer, Integer> cell) {
        out.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", caption);
        out.open("table").leaf("caption", caption);
        out.open("thead").open("tr");
        columns.forEach(column -> out.leaf("th", column, "scope", "col"));
        out.close().close().open("tbody");
        for (int row = 0; row < rows.size(); row++) {
            out.open("tr");
            for (int column = 0; column < columns.size(); column++) {
                if (column == 0) {
                    out.open("th", "scope", "row");
                } else {
                    out.open("td");
                }
                cell.accept(row, column);
                out.close();
            }
            out.close();
        }
        out.close().close().close();
    }

    /** What a test saw in many cases; where a case has an expectation, whether it was met is told first. */
    static void evidence(Markup out, Table table) {
        int expected = column(table, "expected");
        int observed = column(table, "observed");
        if (expected < 0 || observed < 0) {
            table(out, table.title(), table.columns(), table.rows());
            return;
        }
        long unmet = table.rows().stream().filter(row -> !row.get(expected).equals(row.get(observed))).count();
        table(out, "%s: %d cases, %s".formatted(table.title(), table.rows().size(), unmet == 0
                ? "all as expected"
                : unmet + " not as expected"), table.columns(), table.rows(), (row, column) -> {
                    String text = table.rows().get(row).get(column);
                    if (column == observed) {
                        (text.equals(table.rows().get(row).get(expected)) ? StatusMark.GOOD : StatusMark.BAD).badge(out, text);
                    } else {
                        out.prose(text);
                    }
                });
    }

    static int column(Table table, String name) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}

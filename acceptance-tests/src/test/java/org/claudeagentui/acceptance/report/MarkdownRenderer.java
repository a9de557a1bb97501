package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report as people read it: the verdict first, then what is broken, then every promise with its evidence. */
final class MarkdownRenderer implements ReportRenderer {
    @Override
    public String render(AcceptanceReport report) {
        StringBuilder page = new StringBuilder(64 * 1024);
        page.append("# Acceptance report: ").append(report.verdict().label()).append("\n\n");
        if (!report.reason().isEmpty()) {
            page.append(report.reason()).append("\n\n");
        }
        page.append(report.count(Status.VERIFIED))
                .append(" verified, ")
                .append(report.count(Status.BROKEN))
                .append(" broken, ")
                .append(report.count(Status.NOT_VERIFIED))
                .append(" not verified, of ")
                .append(report.promises().size())
                .append(".\n\n");
        table(page, List.of("promise", "status", "why not"), report.promises()
                .stream()
                .map(promise -> List.of(promise.id(), promise.status().label(), promise.reason()))
                .toList());
        page.append("\n## Evidence\n");
        report.promises().stream().filter(PromiseReport::tested).forEach(promise -> evidence(page, report, promise));
        page.append("\n## Environment\n\n");
        new TreeMap<>(report.environment()).forEach((name, value) -> page.append("- ")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
        return page.toString();
    }

    private static void evidence(StringBuilder page, AcceptanceReport report, PromiseReport promise) {
        page.append("\n### ")
                .append(promise.id())
                .append(": ")
                .append(promise.status().label())
                .append("\n\n")
                .append(promise.text())
                .append("\n\n");
        if (promise.parts().size() > 1) {
            table(page, List.of("part", "status", "why not"), promise.parts()
                    .stream()
                    .map(part -> List.of(part.name(), part.status().label(), part.reason()))
                    .toList());
            page.append('\n');
        }
        promise.tests().stream().flatMap(name -> report.test(name).stream()).forEach(test -> evidence(page, test));
    }

    private static void evidence(StringBuilder page, TestOutcome test) {
        page.append("- `").append(test.test()).append("` ").append(test.result().label()).append('\n');
        line(page, "expected", String.join("; ", test.findings().expected()));
        line(page, "observed", String.join("; ", test.findings().observed()));
        test.findings().figures().forEach(figure -> line(page, figure.name(), figure.describe()));
        for (Table table : test.findings().tables()) {
            page.append("\n**").append(table.title()).append("**\n\n");
            table(page, table.columns(), table.rows());
            page.append('\n');
        }
    }

    private static void table(StringBuilder page, List<String> columns, List<List<String>> rows) {
        row(page, columns);
        page.append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(row -> row(page, row));
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append(cells.stream().map(MarkdownRenderer::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static void line(StringBuilder page, String name, String value) {
        if (!value.isEmpty()) {
            page.append("  - ").append(name).append(": ").append(value.replace("\n", " ")).append('\n');
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}

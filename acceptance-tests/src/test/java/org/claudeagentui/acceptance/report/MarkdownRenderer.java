package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report as a build's summary page: the verdict and what was tested, what is broken and why, then every promise, folded. */
final class MarkdownRenderer implements ReportRenderer {
    // A summary page takes about a megabyte; the whole logs stand in the other forms.
    private static final int LOG_LINES = 20;

    @Override
    public String render(AcceptanceReport report) {
        StringBuilder page = new StringBuilder(64 * 1024);
        page.append("# Acceptance report: ").append(report.verdict().label()).append("\n\n");
        if (!report.reason().isEmpty()) {
            fence(page, report.reason());
        }
        page.append("**%d verified, %d broken, %d not verified**, of %d. Revision %s, %s, engine %s, kernel %s.\n".formatted(report.count(
                Status.VERIFIED), report.count(Status.BROKEN), report.count(Status.NOT_VERIFIED), report.promises().size(), report.fact(
                        "revision"), report.fact("started"), report.fact("engine"), report.fact("kernel")));
        report.promises(Status.BROKEN).forEach(promise -> broken(page, report, promise));
        changes(page, report.changes());
        open(page, report);
        page.append("\n## Promises\n\n");
        table(page, List.of("promise", "status", "why not"), report.promises()
                .stream()
                .map(promise -> List.of(promise.id(), promise.status().label(), promise.reason()))
                .toList());
        report.promises().stream().filter(PromiseReport::tested).forEach(promise -> evidence(page, report, promise));
        page.append("\n## Environment\n\n");
        table(page, List.of("fact", "value"), new TreeMap<>(report.environment()).entrySet()
                .stream()
                .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
                .toList());
        return page.toString();
    }

    private static void broken(StringBuilder page, AcceptanceReport report, PromiseReport promise) {
        page.append("\n## Broken: ").append(promise.id()).append("\n\n").append(prose(promise.text())).append("\n\n");
        fence(page, promise.reason());
        for (TestOutcome test : promise.tests().stream().flatMap(name -> report.test(name).stream()).toList()) {
            if (test.result() == Result.FAILED) {
                page.append("Again: `").append(test.reproduce()).append("`\n\n");
                test.services().forEach(service -> service(page, service));
            }
        }
    }

    private static void service(StringBuilder page, ServiceState service) {
        page.append("<details><summary>%s: %s</summary>\n\n".formatted(prose(service.service()), prose(service.state())));
        fence(page, service.health().isEmpty() ? "no health check was run" : service.health());
        List<String> lines = service.log().lines().toList();
        fence(page, String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size())));
        page.append("</details>\n\n");
    }

    private static void changes(StringBuilder page, Changes changes) {
        if (changes.any()) {
            page.append("\n## Since the last run\n\n");
            changes.broken().forEach(turn -> page.append("- newly broken: ").append(prose(turn.describe())).append('\n'));
            changes.lost().forEach(turn -> page.append("- no longer verified: ").append(prose(turn.describe())).append('\n'));
            changes.slower().forEach(slower -> page.append("- slower: ").append(prose(slower.describe())).append('\n'));
            changes.verified().forEach(turn -> page.append("- newly verified: ").append(prose(turn.describe())).append('\n'));
        }
    }

    private static void open(StringBuilder page, AcceptanceReport report) {
        Map<String, List<PromiseReport>> reasons = report.openByReason();
        if (!reasons.isEmpty()) {
            page.append("\n## Not verified, and why\n\n");
            List<List<String>> rows = new ArrayList<>();
            reasons.forEach((why, promises) -> rows.add(List.of(why, promises.stream()
                    .map(PromiseReport::id)
                    .collect(Collectors.joining(
                            " ")))));
            table(page, List.of("why", "promises"), rows);
        }
    }

    private static void evidence(StringBuilder page, AcceptanceReport report, PromiseReport promise) {
        page.append("\n<details><summary><b>%s</b>: %s</summary>\n\n%s\n\n".formatted(promise.id(), promise.status().label(), prose(promise
                .text())));
        if (promise.parts().size() > 1) {
            table(page, List.of("part", "status", "why not"), promise.parts()
                    .stream()
                    .map(part -> List.of(part.name(), part.status().label(), part.reason()))
                    .toList());
            page.append('\n');
        }
        promise.tests().stream().flatMap(name -> report.test(name).stream()).forEach(test -> evidence(page, test));
        page.append("\n</details>\n");
    }

    private static void evidence(StringBuilder page, TestOutcome test) {
        page.append("- `").append(test.test()).append("` ").append(test.result().label()).append('\n');
        test.findings().expected().forEach(line -> line(page, "expected", line));
        test.findings().observed().forEach(line -> line(page, "observed", line));
        test.findings().figures().forEach(figure -> line(page, figure.name(), figure.describe()));
        for (Table table : test.findings().tables()) {
            page.append("\n**").append(prose(table.title())).append("**\n\n");
            table(page, table.columns(), table.rows());
            page.append('\n');
        }
        test.findings()
                .pictures()
                .forEach(picture -> page.append("  - [")
                        .append(prose(picture.title()).replace("]", "\\]"))
                        .append("](")
                        .append(picture.file())
                        .append(")\n"));
    }

    private static void table(StringBuilder page, List<String> columns, List<List<String>> rows) {
        row(page, columns);
        page.append("|---".repeat(columns.size())).append("|\n");
        rows.forEach(row -> row(page, row));
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append(cells.stream().map(cell -> prose(cell).replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static void line(StringBuilder page, String name, String value) {
        page.append("  - ").append(prose(name)).append(": ").append(prose(value)).append('\n');
    }

    // What a test observed must not become a tag.
    private static String prose(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ");
    }

    private static void fence(StringBuilder page, String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        page.append(fence).append('\n').append(text).append('\n').append(fence).append("\n\n");
    }
}

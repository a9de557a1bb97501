package org.claudeagentui.acceptance.report;

import java.util.TreeMap;

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
        page.append("| promise | status | why not |\n|---|---|---|\n");
        for (PromiseReport promise : report.promises()) {
            page.append("| ")
                    .append(promise.id())
                    .append(" | ")
                    .append(promise.status().label())
                    .append(" | ")
                    .append(cell(promise.reason()))
                    .append(" |\n");
        }
        page.append("\n## Evidence\n");
        report.promises().stream().filter(promise -> !promise.evidence().isEmpty()).forEach(promise -> evidence(page, promise));
        page.append("\n## Environment\n\n");
        new TreeMap<>(report.environment()).forEach((name, value) -> page.append("- ")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
        return page.toString();
    }

    private static void evidence(StringBuilder page, PromiseReport promise) {
        page.append("\n### ")
                .append(promise.id())
                .append(": ")
                .append(promise.status().label())
                .append("\n\n")
                .append(promise.text())
                .append("\n\n");
        for (TestEvidence evidence : promise.evidence()) {
            page.append("- ")
                    .append(evidence.part().isEmpty() ? "" : "**" + evidence.part() + "** ")
                    .append('`')
                    .append(evidence.test())
                    .append("` ")
                    .append(evidence.result().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '))
                    .append('\n');
            line(page, "expected", evidence.expected());
            line(page, "observed", evidence.observed());
            evidence.figures().forEach((name, value) -> line(page, name, value));
        }
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

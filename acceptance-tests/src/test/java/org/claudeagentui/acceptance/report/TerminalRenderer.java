package org.claudeagentui.acceptance.report;

import java.util.stream.Collectors;

/** The report as the last lines of a build: the verdict, what is broken, what is not verified. */
final class TerminalRenderer implements ReportRenderer {
    private static final int WIDTH = 160;

    @Override
    public String render(AcceptanceReport report) {
        StringBuilder lines = new StringBuilder();
        lines.append("\nAcceptance: ")
                .append(report.verdict().label())
                .append("  (")
                .append(report.count(Status.VERIFIED))
                .append(" verified, ")
                .append(report.count(Status.BROKEN))
                .append(" broken, ")
                .append(report.count(Status.NOT_VERIFIED))
                .append(" not verified)\n");
        if (!report.reason().isEmpty()) {
            lines.append("  ").append(shortened(report.reason())).append('\n');
        }
        lines.append("  verified      ").append(ids(report, Status.VERIFIED)).append('\n');
        report.promises()
                .stream()
                .filter(promise -> promise.status() == Status.BROKEN)
                .forEach(promise -> lines.append("  BROKEN        ")
                        .append(promise.id())
                        .append("  ")
                        .append(shortened(promise.reason()))
                        .append('\n'));
        report.promises()
                .stream()
                .filter(promise -> promise.status() == Status.NOT_VERIFIED && promise.tested())
                .forEach(promise -> lines.append("  not verified  ")
                        .append(promise.id())
                        .append("  ")
                        .append(shortened(promise.reason()))
                        .append('\n'));
        String untested = report.promises()
                .stream()
                .filter(promise -> promise.status() == Status.NOT_VERIFIED && !promise.tested())
                .map(PromiseReport::id)
                .collect(Collectors.joining(" "));
        lines.append("  no test yet   ").append(untested.isEmpty() ? "none" : untested).append('\n');
        return lines.toString();
    }

    private static String ids(AcceptanceReport report, Status status) {
        String ids = report.promises()
                .stream()
                .filter(promise -> promise.status() == status)
                .map(PromiseReport::id)
                .collect(Collectors.joining(" "));
        return ids.isEmpty() ? "none" : ids;
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}

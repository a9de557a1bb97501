package org.claudeagentui.acceptance.report;

import java.util.stream.Collectors;

/** The report as the last lines of a build: the verdict, what is broken, what is not verified. */
final class TerminalRenderer implements ReportRenderer {
    private static final int WIDTH = 160;

    @Override
    public String render(AcceptanceReport report) {
        StringBuilder lines = new StringBuilder();
        lines.append("Acceptance: ")
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
        report.changes().broken().forEach(turn -> lines.append("  newly broken  ").append(turn.describe()).append('\n'));
        report.changes().lost().forEach(turn -> lines.append("  lost          ").append(turn.describe()).append('\n'));
        report.changes()
                .slower()
                .forEach(slower -> lines.append("  slower        ")
                        .append(slower.describe())
                        .append('\n'));
        report.openByReason().forEach((why, promises) -> {
            if (promises.stream().noneMatch(PromiseReport::tested)) {
                lines.append("  not verified  ")
                        .append(promises.stream().map(PromiseReport::id).collect(Collectors.joining(" ")))
                        .append(": ")
                        .append(shortened(why))
                        .append('\n');
            }
        });
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

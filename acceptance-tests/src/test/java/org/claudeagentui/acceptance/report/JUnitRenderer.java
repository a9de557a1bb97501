package org.claudeagentui.acceptance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The report as build servers read it: a suite a family, a case a promise or part of one. Broken is a failure, not verified is
 * skipped, and what the environment kept from running is an error; what failed outside any promise stands in a suite of its own.
 */
final class JUnitRenderer implements ReportRenderer {
    private enum End {
        PASSED, FAILURE, ERROR, SKIPPED
    }

    private record Case(String promise, String name, double seconds, End end, String reason, String output) {}

    @Override
    public String render(AcceptanceReport report) {
        Markup xml = Markup.xml();
        xml.open("testsuites", "name", "acceptance").text("\n");
        report.promises().stream().map(PromiseReport::family).distinct().forEach(family -> suite(xml, family, cases(report, family)));
        suite(xml, "run", List.of(run(report)));
        xml.close().text("\n");
        return xml.toString();
    }

    private static Case run(AcceptanceReport report) {
        End end = report.verdict() == Verdict.ENVIRONMENT_FAILED ? End.ERROR : report.reason().isEmpty() ? End.PASSED : End.FAILURE;
        return new Case("run", "the suite itself", 0, end, report.reason(), "");
    }

    private static List<Case> cases(AcceptanceReport report, String family) {
        List<Case> cases = new ArrayList<>();
        for (PromiseReport promise : report.promises()) {
            if (promise.family().equals(family)) {
                promise.parts().forEach(part -> cases.add(of(report, promise, part)));
            }
        }
        return cases;
    }

    private static Case of(AcceptanceReport report, PromiseReport promise, PartReport part) {
        List<TestOutcome> tests = part.tests().stream().flatMap(name -> report.test(name).stream()).toList();
        End end = switch (part.status()) {
            case VERIFIED -> End.PASSED;
            case BROKEN -> End.FAILURE;
            case NOT_VERIFIED -> report.verdict() == Verdict.ENVIRONMENT_FAILED && !tests.isEmpty() ? End.ERROR : End.SKIPPED;
        };
        StringBuilder output = new StringBuilder();
        for (TestOutcome test : tests) {
            output.append(test.test()).append('\n');
            test.findings().expected().forEach(line -> output.append("expected: ").append(line).append('\n'));
            test.findings().observed().forEach(line -> output.append("observed: ").append(line).append('\n'));
            output.append(test.reproduce().isEmpty() ? "" : "again: " + test.reproduce() + "\n");
        }
        return new Case(promise.id(), part.name().isEmpty() ? promise.text() : part.name(), tests.stream()
                .mapToLong(TestOutcome::millis)
                .sum() / 1000.0, end, part.reason(), output.toString());
    }

    private static void suite(Markup xml, String name, List<Case> cases) {
        xml.open("testsuite", "name", name, "tests", String.valueOf(cases.size()), "failures", count(cases, End.FAILURE), "errors", count(
                cases, End.ERROR), "skipped", count(cases, End.SKIPPED)).text("\n");
        for (Case one : cases) {
            xml.open("testcase", "classname", one.promise(), "name", one.name(), "time", String.format(Locale.ROOT, "%.3f", one.seconds()));
            switch (one.end()) {
                case PASSED -> {
                }
                case FAILURE -> xml.leaf("failure", one.reason(), "message", firstLine(one.reason()), "type", "broken");
                case ERROR -> xml.leaf("error", one.reason(), "message", firstLine(one.reason()), "type", "environment-failed");
                case SKIPPED -> xml.empty("skipped", "message", one.reason());
            }
            if (!one.output().isEmpty()) {
                xml.leaf("system-out", one.output());
            }
            xml.close().text("\n");
        }
        xml.close().text("\n");
    }

    private static String count(List<Case> cases, End end) {
        return String.valueOf(cases.stream().filter(one -> one.end() == end).count());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}

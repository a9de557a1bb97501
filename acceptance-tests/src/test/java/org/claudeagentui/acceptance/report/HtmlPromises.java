package org.claudeagentui.acceptance.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The promises, family by family: the sentence, its parts, and what the tests expected and observed, each test once. */
final class HtmlPromises {
    private final AcceptanceReport report;
    private final Markup out;
    private final Map<String, String> placeOf = new HashMap<>();

    HtmlPromises(AcceptanceReport report, Markup out) {
        this.report = report;
        this.out = out;
    }

    void write() {
        List<String> families = report.promises().stream().map(PromiseReport::family).distinct().toList();
        for (int i = 0; i < families.size(); i++) {
            String family = families.get(i);
            out.open("section", "aria-labelledby", "family-" + i);
            out.leaf("h2", family, "id", "family-" + i);
            report.promises().stream().filter(promise -> promise.family().equals(family)).forEach(this::promise);
            out.close();
        }
    }

    private void promise(PromiseReport promise) {
        StatusMark mark = StatusMark.of(promise.status());
        out.open("article", "id", promise.id(), "class", "promise " + mark.style(), "aria-labelledby", promise.id() + "-title");
        out.open("h3", "id", promise.id() + "-title").text(promise.id() + " ");
        mark.badge(out, promise.status().label().replace('-', ' '));
        out.close();
        out.open("p", "class", "sentence").prose(promise.text()).close();
        if (promise.parts().size() > 1) {
            parts(promise);
        } else if (!promise.reason().isEmpty() && promise.status() == Status.NOT_VERIFIED) {
            out.leaf("p", promise.reason(), "class", "why");
        }
        promise.tests().stream().flatMap(name -> report.test(name).stream()).forEach(test -> test(promise, test));
        out.close();
    }

    private void parts(PromiseReport promise) {
        out.open("ul", "class", "parts");
        for (PartReport part : promise.parts()) {
            out.open("li");
            StatusMark.of(part.status()).badge(out, part.name());
            if (part.status() != Status.VERIFIED) {
                out.leaf("span", " " + part.status().label().replace('-', ' ') + (part.tests().isEmpty() ? ": " + part.reason() : ""),
                        "class", "why");
            }
            out.close();
        }
        out.close();
    }

    private void test(PromiseReport promise, TestOutcome test) {
        String known = placeOf.putIfAbsent(test.test(), promise.id());
        if (known != null) {
            out.open("p", "class", "elsewhere").text("Evidence of ").leaf("code", test.test()).text(" stands under ");
            out.leaf("a", known, "href", "#" + known).close();
            return;
        }
        if (test.result() == Result.FAILED) {
            out.open("details", "class", "test", "open", "open");
        } else {
            out.open("details", "class", "test");
        }
        out.open("summary");
        StatusMark.of(test.result()).badge(out, test.result().label().replace('-', ' '));
        out.text(" ").leaf("code", test.test()).leaf("span", " " + TimelineChart.seconds(test.millis()), "class", "why").close();
        if (!test.reason().isEmpty()) {
            out.leaf("h4", test.result() == Result.FAILED ? "What went wrong" : "Why it did not run");
            out.leaf("pre", test.reason(), "tabindex", "0", "aria-label", "Reason");
        }
        findings(test.findings());
        if (!test.reproduce().isEmpty()) {
            out.leaf("h4", "Run it again").leaf("pre", test.reproduce(), "class", "command", "tabindex", "0", "aria-label", "Command");
        }
        test.services().forEach(this::service);
        out.close();
    }

    private void findings(Findings findings) {
        out.open("dl", "class", "findings");
        lines("Expected", findings.expected());
        lines("Observed", findings.observed());
        out.close();
        if (!findings.figures().isEmpty()) {
            HtmlTables.table(out, "Figures", List.of("figure", "value"), findings.figures()
                    .stream()
                    .map(figure -> List.of(figure.name(), figure.describe()))
                    .toList());
        }
        findings.tables().forEach(table -> HtmlTables.evidence(out, table));
        pictures(findings.pictures());
    }

    private void pictures(List<Picture> pictures) {
        if (pictures.isEmpty()) {
            return;
        }
        out.open("details", "class", "pictures").leaf("summary", "Pictures, in files beside this page").open("ul");
        for (Picture picture : pictures) {
            out.open("li").open("a", "href", picture.file());
            out.empty("img", "src", picture.file(), "alt", "", "loading", "lazy").leaf("span", picture.title()).close().close();
        }
        out.close().close();
    }

    private void lines(String name, List<String> lines) {
        if (!lines.isEmpty()) {
            out.leaf("dt", name);
            lines.forEach(line -> out.leaf("dd", line));
        }
    }

    private void service(ServiceState service) {
        out.open("details", "class", "service").open("summary");
        out.leaf("strong", service.service()).text(" of " + service.stack() + ": " + service.state()).close();
        out.leaf("h4", "Its last health checks");
        out.leaf("pre", service.health().isEmpty() ? "none was run" : service.health(), "tabindex", "0", "aria-label",
                "Health checks of " + service.service());
        out.leaf("h4", "Its last log lines");
        out.leaf("pre", service.log().isEmpty() ? "nothing was logged" : service.log(), "class", "log", "tabindex", "0", "aria-label",
                "Log of " + service.service());
        out.close();
    }
}

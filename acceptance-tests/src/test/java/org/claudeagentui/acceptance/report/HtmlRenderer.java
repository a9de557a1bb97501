package org.claudeagentui.acceptance.report;

import org.claudeagentui.acceptance.report.Changes.Turn;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report as an operator reads it: one file that needs no network and no script; no other file but the pictures that tests left beside it; light or dark as the reader has
 * it; fit for print, keyboard and screen reader. The verdict and what was tested come first, then what is broken.
 */
final class HtmlRenderer implements ReportRenderer {
    @Override
    public String render(AcceptanceReport report) {
        Markup out = Markup.html();
        out.open("html", "lang", "en").open("head");
        out.empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.empty("meta", "name", "color-scheme", "content", "light dark");
        out.leaf("title", "Acceptance: %s, %s".formatted(words(report.verdict()), report.fact("revision")));
        out.leaf("style", css()).close();
        out.open("body").leaf("a", "Skip to the promises", "class", "skip", "href", "#promises");
        header(report, out);
        out.open("main");
        broken(report, out);
        changes(report, out);
        open(report, out);
        new HtmlPictures(report, out).write();
        out.open("div", "id", "promises");
        new HtmlPromises(report, out).write();
        out.close();
        environment(report, out);
        out.close().close().close();
        return out + "\n";
    }

    private static String css() {
        try (InputStream in = HtmlRenderer.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("No resource report.css beside " + HtmlRenderer.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The report's style sheet cannot be read", e);
        }
    }

    private static String words(Verdict verdict) {
        return verdict.label().replace('-', ' ');
    }

    private static void header(AcceptanceReport report, Markup out) {
        StatusMark mark = StatusMark.of(report.verdict());
        out.open("header").leaf("p", "Acceptance report", "class", "kicker");
        out.open("div", "class", "verdict " + mark.style());
        out.open("h1").leaf("span", mark.sign(), "aria-hidden", "true").text(" " + words(report.verdict())).close();
        out.leaf("p", meaning(report.verdict()));
        if (!report.reason().isEmpty()) {
            out.leaf("pre", report.reason(), "tabindex", "0", "aria-label", "Reason of the verdict");
        }
        out.close();
        out.open("ul", "class", "counts");
        count(out, StatusMark.GOOD, report.count(Status.VERIFIED), "verified", "#promises");
        count(out, StatusMark.BAD, report.count(Status.BROKEN), "broken", "#broken");
        count(out, StatusMark.OPEN, report.count(Status.NOT_VERIFIED), "not verified", "#open");
        out.close();
        tested(report, out);
        overview(report, out);
        out.close();
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case VERIFIED -> "Every promise of the catalogue was proved.";
            case BROKEN -> "At least one promise was seen broken, or something went wrong outside any promise.";
            case INCOMPLETE -> "Nothing was seen broken; not every promise was proved.";
            case ENVIRONMENT_FAILED -> "The suite could not do its work here. This says nothing about the promises.";
        };
    }

    private static void count(Markup out, StatusMark mark, long number, String word, String target) {
        out.open("li").open("a", "href", target, "class", "count " + mark.style());
        out.leaf("strong", String.valueOf(number)).text(" " + word).close().close();
    }

    private static void tested(AcceptanceReport report, Markup out) {
        out.open("section", "aria-labelledby", "tested").leaf("h2", "What was tested", "id", "tested").open("dl", "class", "facts");
        fact(out, "Revision", report.fact("revision"));
        fact(out, "Run", "%s, %s".formatted(report.fact("started"), duration(report)));
        fact(out, "Engine", report.fact("engine"));
        fact(out, "Compose", report.fact("compose"));
        fact(out, "Kernel", report.fact("kernel"));
        fact(out, "PostgreSQL", report.fact("postgresImage"));
        report.environment()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().startsWith("image."))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> fact(out, "Image " + entry.getKey().substring("image.".length()), shortId(String.valueOf(entry
                        .getValue()))));
        out.close().close();
    }

    private static String shortId(String imageId) {
        String id = imageId.replace("sha256:", "");
        return id.substring(0, Math.min(12, id.length()));
    }

    private static String duration(AcceptanceReport report) {
        return report.environment().get("durationSeconds") instanceof Number seconds
                ? "%d min %02d s".formatted(Duration.ofSeconds(seconds.longValue()).toMinutes(), Duration.ofSeconds(seconds.longValue())
                        .toSecondsPart())
                : "unknown duration";
    }

    private static void fact(Markup out, String name, String value) {
        out.open("div").leaf("dt", name).leaf("dd", value).close();
    }

    private static void overview(AcceptanceReport report, Markup out) {
        out.open("nav", "aria-label", "All promises").open("ul", "class", "map");
        for (PromiseReport promise : report.promises()) {
            StatusMark mark = StatusMark.of(promise.status());
            out.open("li").open("a", "href", "#" + promise.id(), "class", "chip " + mark.style());
            out.leaf("span", mark.sign(), "aria-hidden", "true")
                    .text(" " + promise.id())
                    .leaf("span", " " + promise.status()
                            .label()
                            .replace('-', ' '), "class", "unseen")
                    .close()
                    .close();
        }
        out.close().close();
    }

    private static void broken(AcceptanceReport report, Markup out) {
        List<PromiseReport> broken = report.promises(Status.BROKEN);
        if (broken.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "broken").leaf("h2", "Broken", "id", "broken");
        for (PromiseReport promise : broken) {
            out.open("article", "class", "promise bad").open("h3").leaf("a", promise.id(), "href", "#" + promise.id()).close();
            out.open("p", "class", "sentence").prose(promise.text()).close();
            out.leaf("pre", promise.reason(), "tabindex", "0", "aria-label", "Why " + promise.id() + " is broken");
            promise.tests()
                    .stream()
                    .flatMap(name -> report.test(name).stream())
                    .filter(test -> test.result() == Result.FAILED)
                    .forEach(test -> out.open("p").text("Again: ").leaf("code", test.reproduce()).close());
            out.close();
        }
        out.close();
    }

    private static void changes(AcceptanceReport report, Markup out) {
        Changes changes = report.changes();
        out.open("section", "aria-labelledby", "changes").leaf("h2", "Since the last run", "id", "changes");
        if (changes.compared() == 0) {
            out.leaf("p", "Nothing to compare with: no earlier run of these tests is on record.");
        } else if (!changes.any()) {
            out.leaf("p", "No change: %d parts of promises are as they were.".formatted(changes.compared()));
        } else {
            out.open("ul", "class", "changes");
            changes.broken().forEach(turn -> change(out, StatusMark.BAD, "newly broken", turn));
            changes.lost().forEach(turn -> change(out, StatusMark.OPEN, "no longer verified", turn));
            changes.slower()
                    .forEach(slower -> change(out, StatusMark.OPEN, "slower", slower.describe()));
            changes.verified().forEach(turn -> change(out, StatusMark.GOOD, "newly verified", turn));
            out.close();
        }
        out.close();
    }

    private static void change(Markup out, StatusMark mark, String what, Turn turn) {
        change(out, mark, what, "%s; %s at %s (%s)".formatted(turn.describe(), turn.before().label().replace('-', ' '), turn.revision(),
                turn.at()));
    }

    private static void change(Markup out, StatusMark mark, String what, String text) {
        out.open("li");
        mark.badge(out, what);
        out.text(" " + text).close();
    }

    private static void open(AcceptanceReport report, Markup out) {
        List<Map.Entry<String, List<PromiseReport>>> reasons = List.copyOf(report.openByReason().entrySet());
        if (reasons.isEmpty()) {
            return;
        }
        out.open("section", "aria-labelledby", "open").leaf("h2", "Not verified, and why", "id", "open");
        HtmlTables.table(out, "Promises of which this run can't say that they hold", List.of("why", "promises"), reasons, (row, column) -> {
            if (column == 0) {
                out.text(reasons.get(row).getKey());
            } else {
                reasons.get(row).getValue().forEach(promise -> out.leaf("a", promise.id(), "href", "#" + promise.id()).text(" "));
            }
        });
        out.close();
    }

    private static void environment(AcceptanceReport report, Markup out) {
        out.open("section", "aria-labelledby", "environment").leaf("h2", "Environment", "id", "environment");
        HtmlTables.table(out, "All facts of the run", List.of("fact", "value"), new TreeMap<>(report.environment()).entrySet()
                .stream()
                .map(entry -> List.of(entry.getKey(), String.valueOf(entry.getValue())))
                .toList());
        out.close();
    }
}

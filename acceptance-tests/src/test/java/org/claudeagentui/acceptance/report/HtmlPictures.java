package org.claudeagentui.acceptance.report;

import org.claudeagentui.acceptance.report.Startup.Service;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pictures, each with the same as a table beneath: how the stack started, what it is, who reaches whom. */
final class HtmlPictures {
    private final AcceptanceReport report;
    private final Markup out;

    HtmlPictures(AcceptanceReport report, Markup out) {
        this.report = report;
        this.out = out;
    }

    void write() {
        out.open("section", "aria-labelledby", "pictures").leaf("h2", "What was seen", "id", "pictures");
        List<Startup> startups = report.pictures().startups();
        if (startups.isEmpty()) {
            out.leaf("p", "No start of the shared stack was observed in this run.");
        }
        for (int i = 0; i < startups.size(); i++) {
            startup(startups.get(i), "startup-" + i);
        }
        topology(report.pictures().topology());
        reachability();
        out.close();
    }

    private void startup(Startup startup, String id) {
        out.leaf("h3", "Startup: " + startup.title());
        out.open("div", "class", "scroll picture", "role", "region", "tabindex", "0", "aria-label", "Startup: " + startup.title());
        TimelineChart.draw(startup, out, id);
        out.close();
        out.open("p", "class", "legend");
        swatch("waiting", "created, waits for what it needs");
        swatch("starting", "started");
        swatch("healthy", "healthy");
        out.open("span").leaf("span", "○", "aria-hidden", "true", "class", "bad").text(" health check failed").close();
        out.open("span").leaf("span", "●", "aria-hidden", "true", "class", "good").text(" passed").close();
        out.leaf("span", "⤵ started once the other was healthy").close();
        out.open("details").leaf("summary", "The same as a table");
        HtmlTables.table(out, startup.title(), List.of("service", "needs", "created", "started", "health checks failed", "healthy"), startup
                .services()
                .stream()
                .map(HtmlPictures::row)
                .toList());
        out.close();
    }

    private void swatch(String kind, String meaning) {
        out.open("span").open("span", "class", "swatch " + kind, "aria-hidden", "true").close().text(" " + meaning).close();
    }

    private static List<String> row(Service service) {
        return List.of(service.service(), String.join(", ", service.needs()), at(service.first(Moment.CREATED)), at(service.first(
                Moment.STARTED)), String.valueOf(service.probes().stream().filter(probe -> !probe.passed()).count()), at(service.first(
                        Moment.HEALTHY)));
    }

    private static String at(Optional<Long> millis) {
        return millis.map(TimelineChart::seconds).orElse("never");
    }

    private void topology(Topology topology) {
        if (topology.containers().isEmpty()) {
            return;
        }
        out.leaf("h3", "Topology, as the engine shows it");
        out.open("div", "class", "scroll picture", "role", "region", "tabindex", "0", "aria-label", "Topology");
        TopologyChart.draw(topology, out);
        out.close();
        out.open("details").leaf("summary", "The same as a table, with images and mounts");
        HtmlTables.table(out, "Containers", List.of("container", "state", "networks", "published", "image", "mounts"), topology.containers()
                .stream()
                .map(container -> List.of(container.name(), container.state(), container.addresses()
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ")), container.ports().isEmpty() ? "nothing" : String.join(", ", container.ports()),
                        container.image() + " " + container.imageId(), String.join(", ", container.mounts())))
                .toList());
        HtmlTables.table(out, "Networks", List.of("network", "kind", "addresses"), topology.networks()
                .stream()
                .map(network -> List.of(network.name(), network.kind(), network.subnet()))
                .toList());
        out.close();
    }

    private void reachability() {
        for (TestOutcome test : report.tests()) {
            for (Table table : test.findings().tables()) {
                if (List.of("from", "to", "expected", "observed").stream().allMatch(name -> HtmlTables.column(table, name) >= 0)) {
                    out.leaf("h3", "Reachability: " + table.title());
                    matrix(table);
                }
            }
        }
    }

    private void matrix(Table table) {
        List<String> from = values(table, "from");
        List<String> to = values(table, "to");
        List<String> columns = new ArrayList<>(List.of("from ↓ to →"));
        columns.addAll(to);
        HtmlTables.table(out, "%s: %d probes; ✓ as expected, ✗ not".formatted(table.title(), table.rows().size()), columns, from, (row,
                column) -> {
            if (column == 0) {
                out.text(from.get(row));
            } else {
                table.rows()
                        .stream()
                        .filter(probe -> cell(table, probe, "from").equals(from.get(row)))
                        .filter(probe -> cell(table, probe, "to").equals(to.get(column - 1)))
                        .forEach(probe -> probe(table, probe));
            }
        });
    }

    private void probe(Table table, List<String> probe) {
        String expected = cell(table, probe, "expected");
        String observed = cell(table, probe, "observed");
        String rest = table.columns()
                .stream()
                .filter(name -> !Set.of("from", "to", "expected", "observed").contains(name.toLowerCase(java.util.Locale.ROOT)))
                .map(name -> cell(table, probe, name) + ": ")
                .collect(Collectors.joining());
        out.open("div");
        if (expected.equals(observed)) {
            StatusMark.GOOD.badge(out, rest + observed);
        } else {
            StatusMark.BAD.badge(out, rest + observed + ", expected " + expected);
        }
        out.close();
    }

    private static List<String> values(Table table, String column) {
        Set<String> values = new LinkedHashSet<>();
        table.rows().forEach(row -> values.add(cell(table, row, column)));
        return List.copyOf(values);
    }

    private static String cell(Table table, List<String> row, String column) {
        return row.get(HtmlTables.column(table, column));
    }
}

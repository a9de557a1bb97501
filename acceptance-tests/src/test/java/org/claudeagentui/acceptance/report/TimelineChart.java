package org.claudeagentui.acceptance.report;

import org.claudeagentui.acceptance.report.Startup.Probe;
import org.claudeagentui.acceptance.report.Startup.Service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Draws a start: a row a service, from created over started to healthy, its health checks, and what waited for what. */
final class TimelineChart {
    private static final int LEFT = 96;
    private static final int RIGHT = 108;
    private static final int WIDTH = 960;
    private static final int TOP = 30;
    private static final int ROW = 46;
    private static final int BAR = 18;
    private static final List<Long> STEPS = List.of(100L, 250L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 20_000L, 60_000L);
    private static final int MOST_TICKS = 12;

    private final Startup startup;
    private final Markup out;
    private final String id;
    private final long end;

    private TimelineChart(Startup startup, Markup out, String id) {
        this.startup = startup;
        this.out = out;
        this.id = id;
        this.end = Math.max(1, startup.endMillis() + startup.endMillis() / 50);
    }

    static void draw(Startup startup, Markup out, String id) {
        new TimelineChart(startup, out, id).draw();
    }

    private void draw() {
        int height = TOP + startup.services().size() * ROW + 8;
        out.open("svg", "viewBox", "0 0 %d %d".formatted(WIDTH, height), "role", "img", "aria-labelledby", id + "-title " + id + "-desc",
                "class", "chart");
        out.leaf("title", startup.title(), "id", id + "-title");
        out.leaf("desc", describe(), "id", id + "-desc");
        axis(height);
        for (int row = 0; row < startup.services().size(); row++) {
            service(startup.services().get(row), row);
        }
        for (int row = 0; row < startup.services().size(); row++) {
            edges(startup.services().get(row), row);
        }
        out.close();
    }

    private String describe() {
        return startup.services()
                .stream()
                .map(service -> service.service() + ": " + service.marks()
                        .stream()
                        .map(mark -> mark.moment().label() + " after " + seconds(mark.atMillis()))
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining(". "));
    }

    private void axis(int height) {
        long step = STEPS.stream().filter(candidate -> end / candidate <= MOST_TICKS).findFirst().orElse(end / MOST_TICKS + 1);
        for (long at = 0; at <= end; at += step) {
            out.empty("line", "x1", x(at), "x2", x(at), "y1", "20", "y2", String.valueOf(height - 4), "class", "grid");
            out.leaf("text", seconds(at), "x", x(at), "y", "13", "class", "tick", "text-anchor", "middle");
        }
    }

    private void service(Service service, int row) {
        int middle = middle(row);
        out.leaf("text", service.service(), "x", String.valueOf(LEFT - 12), "y", String.valueOf(middle + 5), "class", "name", "text-anchor",
                "end");
        Optional<Long> created = service.first(Moment.CREATED);
        Optional<Long> started = service.first(Moment.STARTED);
        Optional<Long> healthy = service.first(Moment.HEALTHY);
        created.ifPresent(from -> bar(from, started.orElse(end), middle, "waiting"));
        started.ifPresent(from -> bar(from, healthy.orElse(end), middle, "starting"));
        healthy.ifPresent(from -> {
            bar(from, end, middle, "healthy");
            out.leaf("text", "✓ " + seconds(from), "x", String.valueOf(WIDTH - RIGHT + 8), "y", String.valueOf(middle + 5), "class",
                    "good");
        });
        if (healthy.isEmpty()) {
            out.leaf("text", started.isEmpty() ? "✗ not started" : "✗ not healthy", "x", String.valueOf(WIDTH - RIGHT + 4), "y", String
                    .valueOf(middle + 5), "class", "bad");
        }
        service.probes().forEach(probe -> probe(probe, middle));
        service.marks()
                .stream()
                .filter(mark -> mark.moment() == Moment.DIED || mark.moment() == Moment.UNHEALTHY)
                .forEach(mark -> out.leaf("text", "✗", "x", x(mark.atMillis()), "y", String.valueOf(middle - BAR / 2 - 3), "class", "bad",
                        "text-anchor", "middle"));
    }

    private void bar(long from, long to, int middle, String kind) {
        out.empty("rect", "x", x(from), "y", String.valueOf(middle - BAR / 2), "width", String.format(Locale.ROOT, "%.1f",
                Math.max(1, scaled(to) - scaled(from))), "height", String.valueOf(BAR), "class", "bar " + kind);
    }

    // A check that failed is a hollow ring, one that passed a full disc: shape tells it as well as colour.
    private void probe(Probe probe, int middle) {
        out.open("circle", "cx", x(probe.toMillis()), "cy", String.valueOf(middle), "r", "4", "class", probe.passed()
                ? "probe passed"
                : "probe failed");
        out.leaf("title", "health check %s at %s".formatted(probe.passed() ? "passed" : "failed", seconds(probe.toMillis())));
        out.close();
    }

    private void edges(Service service, int row) {
        List<String> names = new ArrayList<>(startup.services().stream().map(Service::service).toList());
        Optional<Long> started = service.first(Moment.STARTED);
        for (String need : service.needs()) {
            int from = names.indexOf(need);
            Optional<Long> healthy = from < 0 ? Optional.empty() : startup.services().get(from).first(Moment.HEALTHY);
            if (started.isEmpty() || healthy.isEmpty()) {
                continue;
            }
            double x1 = scaled(healthy.get());
            double x2 = scaled(started.get());
            int y1 = middle(from) + BAR / 2;
            int y2 = middle(row) - BAR / 2;
            boolean early = started.get() < healthy.get();
            out.open("path", "d", String.format(Locale.ROOT, "M%.1f %d C%.1f %d %.1f %d %.1f %d m-3.5 -6 l3.5 6 l3.5 -6", x1, y1, x1, y1
                    + ROW / 3, x2, y2 - ROW / 3, x2, y2), "class", early ? "edge early" : "edge");
            out.leaf("title", "%s started %d ms %s %s was healthy".formatted(service.service(), Math.abs(started.get() - healthy.get()),
                    early ? "BEFORE" : "after", need));
            out.close();
        }
    }

    private static int middle(int row) {
        return TOP + row * ROW + ROW / 2;
    }

    private double scaled(long millis) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.min(1.0, (double) millis / end);
    }

    private String x(long millis) {
        return String.format(Locale.ROOT, "%.1f", scaled(millis));
    }

    static String seconds(long millis) {
        return millis == 0 ? "0 s" : String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1000.0);
    }
}

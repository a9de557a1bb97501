package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;

import java.net.URI;
import java.net.http.HttpRequest;

/**
 * What the service holds at a moment, and what the database holds for it.
 *
 * @param resident the container's memory in MiB
 * @param threads of the Java process that carry others
 * @param openFiles files and connections of the Java process
 * @param sessions of the service's role with the database
 */
record Footprint(double resident, double threads, double openFiles, double sessions) {
    private static final double MIB = 1 << 20;
    // What the process forks goes by its name, too, until it becomes another program; the process has the most files.
    private static final String FILES = "for p in /proc/[0-9]*; do read -r name <$p/comm; if [ \"$name\" = java ]; then ls $p/fd | wc -l; fi; done"
            + " | sort -n | tail -n 1";

    static Footprint of(ComposeStack stack) {
        String metrics = Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(stack.port("EXPRESS_PORT"))))
                .header("Accept", "text/plain")
                .GET()).orThrow().body();
        return new Footprint(stack.engine()
                .usage(stack.containerName(Service.EXPRESS))
                .memoryBytes() / MIB, metric(metrics, "thread_count"), Double.parseDouble(stack.exec(Service.EXPRESS, "sh", "-c", FILES)
                        .orThrow()
                        .strip()), Double.parseDouble(stack.query("SELECT count(*) FROM pg_stat_activity WHERE usename = 'express'")
                                .getFirst()));
    }

    private static double metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No metric " + name));
    }
}

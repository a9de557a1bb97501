package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class MetricsIT {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)\\{(.*)} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    @Test
    @Promise(value = "OPS-3", part = "the service's metrics")
    void aRunShowsInTheMetrics(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "by a completed run, one whose model refuses it, and one that is cancelled, /metrics in Prometheus' format counts runs by outcome,"
                        + " tokens by kind, time to the first token, duration and the model's failure; while the third is at work it shows one run"
                        + " more; the journal's commits, reads of Strapi and the connections to the database are there");

        try (Runner runner = Runner.of(stack, "{}")) {
            Map<String, Double> before = metrics(stack);
            List<RunEvent> good = runner.api()
                    .persistently(runner.api().start(runner.agent(), runner.scripted(script -> script.text("All well."))));
            runner.api()
                    .persistently(runner.api()
                            .start(runner.agent(), runner.scripted(script -> script.respond(400, Map.of("content-type",
                                    "application/json"),
                                    "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"No.\"}}"))));
            Map<String, Double> during = cancelled(stack, runner, before);
            Map<String, Double> after = metrics(stack);
            report(evidence, before, during, after);

            for (String outcome : List.of("completed", "failed", "cancelled")) {
                assertThat(added("runs_total outcome=" + outcome, before, after)).as(outcome).isEqualTo(1);
            }
            assertThat(added("run_tokens_total kind=output", before, after)).isGreaterThanOrEqualTo(good.getLast()
                    .json()
                    .at("/usage/outputTokens")
                    .asInt())
                    .isPositive();
            assertThat(added("run_tokens_total kind=input", before, after)).isPositive();
            assertThat(added("run_time_to_first_token_seconds_count", before, after)).isEqualTo(2);
            assertThat(added("run_duration_seconds_count", before, after)).isEqualTo(3);
            assertThat(after).containsKey("run_duration_seconds_bucket le=1.0")
                    .containsKey("run_time_to_first_token_seconds_bucket le=1.0");
            assertThat(added("model_request_failures_total kind=invalid_request", before, after)).isEqualTo(1);
            assertThat(added("journal_commit_seconds_count", before, after)).isPositive();
            assertThat(after).containsKeys("strapi_reads_total source=strapi", "db_pool_connections state=used",
                    "db_pool_connections state=idle",
                    "db_pool_waiting", "db_pool_connections_limit", "runs_waiting", "run_streams_open");
        }
    }

    private static Map<String, Double> cancelled(ComposeStack stack, Runner runner, Map<String, Double> before) {
        String endless = runner.api().start(runner.agent(), runner.scripted(script -> script.text(1000, Duration.ofMillis(20))));
        runner.api().awaitEvent(endless, 5);
        Map<String, Double> during = metrics(stack);
        assertThat(added("runs_running", before, during)).isEqualTo(1);
        runner.api().cancel(endless).orThrow();
        runner.api().persistently(endless);
        await().atMost(Duration.ofSeconds(10)).until(() -> added("runs_running", before, metrics(stack)) == 0);
        return during;
    }

    private static double added(String name, Map<String, Double> before, Map<String, Double> after) {
        return after.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
    }

    private static void report(Evidence evidence, Map<String, Double> before, Map<String, Double> during, Map<String, Double> after) {
        List<List<String>> rows = new ArrayList<>();
        after.forEach((name, value) -> {
            if (!name.contains("_bucket ") && (name.startsWith("run") || name.startsWith("journal") || name.startsWith("db_") || name
                    .startsWith("model")
                    || name.startsWith("strapi"))) {
                rows.add(List.of(name, "" + before.getOrDefault(name, 0.0), "" + during.getOrDefault(name, 0.0), "" + value));
            }
        });
        evidence.observed(after.size() + " samples").table("Metrics", List.of("metric", "before", "during the third", "after"), rows);
    }

    /** Each sample's value by its name and labels, those apart that say which part of the service it is from. */
    private static Map<String, Double> metrics(ComposeStack stack) {
        String text = Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/metrics"))
                .header("Accept", "text/plain")
                .GET()).orThrow().body();
        Map<String, Double> metrics = new TreeMap<>();
        for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                String labels = LABEL.matcher(sample.group(2))
                        .results()
                        .filter(label -> !label.group(1).equals("mp_scope"))
                        .map(label -> " " + label.group(1) + "=" + label.group(2))
                        .collect(Collectors.joining());
                metrics.put(sample.group(1) + labels, Double.parseDouble(sample.group(3)));
            }
        }
        return metrics;
    }
}

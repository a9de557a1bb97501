package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** One trace through all that works on a request. */
@AcceptanceTest
class TraceIT {
    private static final int LOG_LINES = 2000;

    @Test
    @Promise(value = "LOG-2", part = "one trace from nginx to the model")
    void aRequestsTraceReachesTheModelAndStandsInTheLogs(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "a run asked for with a traceparent: the model is asked with the same trace's id and another span's, and the id stands in"
                        + " nginx' line and in the service's lines of the request and the run; without one, nginx begins a trace");

        try (Runner runner = Runner.of(stack, "{}")) {
            String trace = hex(16);
            String span = hex(8);
            String traced = run(stack, runner, "00-" + trace + "-" + span + "-01");
            String untraced = run(stack, runner, "nonsense");
            String service = stack.engine().logs(stack.containerName(Service.EXPRESS), LOG_LINES);
            String nginx = stack.engine().logs(stack.containerName(Service.FRONTEND), LOG_LINES);
            long ofRun = lines(service, trace, "\"runId\"");
            long ofRequest = lines(service, trace, "\"requestId\"");
            evidence.observed(
                    "asked for as 00-%s-%s-01; the model was asked as %s; lines of the service: %d of the request, %d of the run; nginx: %d; asked for without one: %s"
                            .formatted(trace, span, traced, ofRequest, ofRun, lines(nginx, trace, "/api/runs"), untraced));

            assertThat(traced).matches("00-" + trace + "-(?!" + span + ")[0-9a-f]{16}-01");
            assertThat(ofRun).isPositive();
            assertThat(ofRequest).isPositive();
            assertThat(lines(nginx, trace, "/api/runs")).isPositive();
            assertThat(untraced).matches("00-(?!" + trace + ")[0-9a-f]{32}-[0-9a-f]{16}-01");
            assertThat(lines(nginx, untraced.substring(3, 35), "/api/runs")).isPositive();
        }
    }

    /** What the model was asked with. */
    private static String run(ComposeStack stack, Runner runner, String traceparent) {
        String input = runner.scripted(script -> script.text("Traced."));
        String run = Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/runs"))
                .header("Content-Type", "application/json")
                .header("traceparent", traceparent)
                .POST(BodyPublishers.ofString("{\"agentId\":\"%s\",\"input\":\"%s\"}".formatted(runner.agent(), input))))
                .orThrow()
                .json()
                .path("id")
                .asText();
        runner.api().persistently(run);
        return runner.asked(input, request -> true).headers().getOrDefault("traceparent", "none");
    }

    private static long lines(String log, String trace, String text) {
        return log.lines().filter(line -> line.contains("\"traceId\":\"" + trace + "\"") && line.contains(text)).count();
    }

    private static String hex(int bytes) {
        byte[] id = new byte[bytes];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}

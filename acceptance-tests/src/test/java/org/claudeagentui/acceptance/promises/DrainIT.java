package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A service that is told to stop while runs are at work. */
@AcceptanceTest
class DrainIT {
    private static final Duration WITHIN_THE_GRACE = Duration.ofSeconds(4);
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final Duration HEARD = Duration.ofSeconds(3);
    private static final Duration BACK = Duration.ofSeconds(60);

    @Test
    @Breaks
    @Promise("RUN-10")
    void aServiceThatIsToldToStopTakesNoRunAndLosesNoEvent(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                ("after SIGTERM: /health/ready turns 503, a new run is refused with 503 and Retry-After, a run that ends within the grace"
                        + " completes, one that doesn't is left, and goes on from its last finished turn after the next start; the process is gone within"
                        + " %d s; what was seen equals a full replay").formatted(GRACE.toSeconds()));

        String direct = "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        try (Runner runner = Runner.at(stack, direct, "{}"); ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            RunApi api = runner.api();
            String brief = api.start(runner.agent(), runner.scripted(script -> script.text("Half")
                    .delay(WITHIN_THE_GRACE)
                    .text(" and half")));
            String endless = api.start(runner.agent(), runner.scripted(script -> script.text(6000, Duration.ofMillis(10))));
            CompletableFuture<List<RunEvent>> briefSeen = CompletableFuture.supplyAsync(() -> api.rest(brief, 0), clients);
            CompletableFuture<List<RunEvent>> endlessSeen = CompletableFuture.supplyAsync(() -> api.persistently(endless), clients);
            try (EventStream stream = api.follow(brief, 0).orElseThrow()) {
                stream.until("text.delta");
            }
            Instant told = Instant.now();
            stack.signalHostPid(Service.EXPRESS, "TERM");
            Answer refused = await("a run that is refused").atMost(HEARD)
                    .until(() -> api.submit(runner.agent(), "too late"), answer -> answer.status() != 201);
            Optional<Answer> ready = Http.tryGet(direct + "/health/ready");
            List<RunEvent> ofTheBrief = briefSeen.join();
            EngineEvent gone = stack.events().await(Service.EXPRESS, EngineEvent.DIE, told, GRACE);
            stack.events().await(Service.EXPRESS, EngineEvent.HEALTHY, told, BACK);
            List<RunEvent> ofTheEndless = endlessSeen.join();
            Duration took = Duration.between(told, gone.at());
            evidence.observed(
                    "a new run: %d, Retry-After %s; /health/ready %s; the brief run %s after %d events, the endless one %s after %d"
                            .formatted(refused.status(), refused.headers().firstValue("retry-after").orElse("none"), ready.map(
                                    Answer::status)
                                    .map(String::valueOf)
                                    .orElse("no answer"), ofTheBrief.getLast().type(), ofTheBrief.size(), ofTheEndless.getLast().type(),
                                    ofTheEndless
                                            .size()))
                    .figure("from SIGTERM to the end", took.toMillis() / 1000.0, "s");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).isPresent();
            assertThat(ready.map(Answer::status)).contains(503);
            assertThat(ofTheBrief.getLast().type()).isEqualTo("run.completed");
            assertThat(ofTheEndless).extracting(RunEvent::type).containsOnlyOnce("turn.restarted").endsWith("run.completed");
            assertThat(took).isLessThanOrEqualTo(GRACE);
            assertThat(ofTheBrief).isEqualTo(api.replay(brief));
            assertThat(ofTheEndless).isEqualTo(api.replay(endless));
        }
    }
}

package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import static org.awaitility.Awaitility.await;

/** How long starts take, by the engine's clock. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class StartBench {
    private static final int BOOTS = 3;
    private static final int STARTS = 5;
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);

    @Test
    void boots(Stacks stacks, Figures figures) {
        double[] cold = new double[BOOTS];
        double[] later = new double[BOOTS];
        for (int i = 0; i < BOOTS; i++) {
            ComposeStack stack = stacks.create().prepare();
            cold[i] = up(stack);
            stack.down();
            later[i] = up(stack);
            stack.down();
        }
        figures.addMedian("./stack up on empty volumes to all four healthy", Distribution.of(Arrays.stream(cold)), "s", "18 s");
        figures.addMedian("./stack up on its data to all four healthy", Distribution.of(Arrays.stream(later)), "s", "12 s");
    }

    private static double up(ComposeStack stack) {
        return stack.upByStack().healthyAfter().toMillis() / 1000.0;
    }

    @Test
    @Breaks
    void serviceToItsFirst200(ComposeStack stack, Figures figures) {
        String url = "http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/health/started";
        double[] starts = new double[STARTS];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < STARTS; i++) {
                Instant asked = Instant.now();
                stack.remove(Service.EXPRESS);
                CompletableFuture<Instant> answered = CompletableFuture.supplyAsync(() -> first200(url), threads);
                stack.recreate(Service.EXPRESS);
                Instant started = stack.events().await(Service.EXPRESS, EngineEvent.START, asked, START_DEADLINE).at();
                starts[i] = Duration.between(started, answered.join()).toMillis() / 1000.0;
            }
        }
        figures.addMedian("service, from its container's start to its first 200", Distribution.of(Arrays.stream(starts)), "s", "1.5 s");
    }

    private static Instant first200(String url) {
        await().atMost(START_DEADLINE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Http.tryGet(url).filter(Answer::succeeded).isPresent());
        return Instant.now();
    }
}

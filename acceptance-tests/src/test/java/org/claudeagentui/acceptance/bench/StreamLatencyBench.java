package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Stacks;
import org.claudeagentui.acceptance.standin.Stamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Many streams at once: how long each of the model's deltas takes to a client of the service, and to one that asks the stand-in directly. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class StreamLatencyBench {
    private static final int STREAMS = 50;
    private static final int DELTAS = 300;
    private static final int ROUNDS = 3;
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    @Test
    void deltasOfManyStreams(Stacks stacks, Figures figures) {
        ComposeStack stack = stacks.create().with("MAX_WORKERS", String.valueOf(STREAMS));
        stack.start();
        List<Double> directly = new ArrayList<>();
        List<Double> throughAll = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{}");
                HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build()) {
            URI model = URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT") + "/v1/messages");
            URI service = URI.create(stack.frontDoor() + "/api/agents/" + runner.agent() + "/execute");
            for (int round = 0; round <= ROUNDS; round++) {
                List<Double> direct = ask(client, () -> HttpRequest.newBuilder(model)
                        .header("x-api-key", "bench")
                        .header("anthropic-version", "2023-06-01")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1000,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                                        .formatted(input(runner)))));
                List<Double> through = ask(client, () -> HttpRequest.newBuilder(service)
                        .header("Authorization", Keys.authorization(service).orElseThrow())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"input\":\"%s\"}".formatted(input(runner)))));
                // The first round warms both up.
                if (round > 0) {
                    directly.addAll(direct);
                    throughAll.addAll(through);
                }
            }
        }
        assertThat(throughAll).as("none lost").hasSize(ROUNDS * STREAMS * DELTAS).hasSameSizeAs(directly);
        Distribution direct = Distribution.of(directly.stream().mapToDouble(Double::doubleValue));
        Distribution through = Distribution.of(throughAll.stream().mapToDouble(Double::doubleValue));
        figures.addPercentiles("a delta, stand-in asked directly, %d streams".formatted(STREAMS), direct, "ms");
        figures.addPercentiles("a delta, through nginx, service and journal, %d streams".formatted(STREAMS), through, "ms");
        figures.add("added at the median", through.percentile(50) - direct.percentile(50), "ms", "goal 2");
        figures.add("added at the 99th percentile", through.percentile(99) - direct.percentile(99), "ms", "goal 10");
    }

    private static String input(Runner runner) {
        return runner.scripted(script -> script.stampedText(DELTAS, PACE));
    }

    private static List<Double> ask(HttpClient client, Supplier<HttpRequest.Builder> request) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<List<Double>>> streams = IntStream.range(0, STREAMS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> delays(client, request.get()
                            .header("Content-Type", "application/json")
                            .timeout(DEADLINE)
                            .build()), threads))
                    .toList();
            return streams.stream().flatMap(stream -> stream.join().stream()).toList();
        }
    }

    private static List<Double> delays(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
            List<Double> delays = new ArrayList<>();
            try (Stream<String> lines = response.body()) {
                lines.forEach(line -> {
                    Instant now = Instant.now();
                    Stamp.in(line).forEach(stamp -> delays.add((ChronoUnit.NANOS.between(Instant.EPOCH, now) - stamp.at()) / 1e6));
                });
            }
            return delays;
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + request.uri(), e);
        }
    }
}

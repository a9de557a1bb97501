package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.standin.StandinClient;
import org.claudeagentui.acceptance.standin.StandinScript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What a run adds to the wait for the model's first token: asked through nginx, and the stand-in asked directly, in turns. */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class FirstEventBench {
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 300;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    // The deadline of a request ends with its answer's head; this one is for the streams.
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @Test
    void firstToken(ComposeStack stack, Figures figures) throws Exception {
        String word = "bench-" + UUID.randomUUID();
        URI model = URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT"));
        String agent = Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"Bench %s\",\"systemPrompt\":\"Answer what you are asked.\",\"model\":\"sonnet\"}".formatted(word))
                .orThrow()
                .json()
                .at("/id")
                .asText();
        HttpRequest askModel = request(model.resolve("/v1/messages"),
                "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":1000,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(word))
                .header("x-api-key", "bench")
                .header("anthropic-version", "2023-06-01")
                .build();
        URI execute = URI.create(stack.frontDoor() + "/api/agents/" + agent + "/execute");
        HttpRequest askService = request(execute, "{\"input\":\"%s\"}".formatted(word))
                .header("Authorization", Keys.authorization(execute).orElseThrow())
                .build();
        double[] directly = new double[ROUNDS];
        double[] throughAll = new double[ROUNDS];
        try (StandinClient standin = new StandinClient(model);
                HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build()) {
            standin.add(StandinScript.answering(word).text(5, Duration.ofMillis(5)).always());
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                double one = millisToFirst(client, askModel, "content_block_delta");
                double other = millisToFirst(client, askService, "text.delta");
                if (i >= 0) {
                    directly[i] = one;
                    throughAll[i] = other;
                }
            }
        }
        Distribution direct = Distribution.of(Arrays.stream(directly));
        Distribution through = Distribution.of(Arrays.stream(throughAll));
        figures.addPercentiles("first token, stand-in asked directly", direct, "ms");
        figures.addPercentiles("first token, through nginx, service and journal", through, "ms");
        figures.add("added to the first token, at the median", through.percentile(50) - direct.percentile(50), "ms", "");
        figures.add("ratio of the medians, through all : directly", through.percentile(50) / direct.percentile(50), "", "");
    }

    private static HttpRequest.Builder request(URI uri, String json) {
        return HttpRequest.newBuilder(uri)
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private static double millisToFirst(HttpClient client, HttpRequest request, String type) throws IOException, InterruptedException {
        long asked = System.nanoTime();
        HttpResponse<Stream<String>> response = client.send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        try (Stream<String> lines = response.body()) {
            Iterator<String> each = lines.iterator();
            while (!each.next().equals("event: " + type)) {
                // Earlier events and their data.
            }
            each.next();
            double millis = (System.nanoTime() - asked) / 1e6;
            each.forEachRemaining(line -> {});
            return millis;
        }
    }
}

package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.EventStream;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What one client may ask of the front door, with limits that a test reaches soon. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientLimitsIT {
    private static final int REQUESTS_A_SECOND = 5;
    private static final int RUNS_A_MINUTE = 12;
    private static final int SIGN_INS_A_MINUTE = 30;
    private static final int STREAMS = 2;
    private static final String OF_THE_FRONT_DOOR = "more at once than one client may";
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofMillis(100);

    private final ComposeStack stack;

    ClientLimitsIT(Stacks stacks) {
        stack = stacks.create()
                .with("RATE_LIMIT_REQUESTS", String.valueOf(REQUESTS_A_SECOND))
                .with("RATE_LIMIT_RUNS", String.valueOf(RUNS_A_MINUTE))
                .with("RATE_LIMIT_SIGN_INS", String.valueOf(SIGN_INS_A_MINUTE))
                .with("STREAMS_PER_CLIENT", String.valueOf(STREAMS));
    }

    @BeforeAll
    void boot() {
        stack.start();
    }

    @Test
    @Promise(value = "SEC-4", part = "requests of a client")
    @Promise(value = "SEC-4", part = "open streams go on")
    void whoAsksTooMuchWaitsAndNobodyElseDoes(Evidence evidence) throws IOException {
        int burst = 4 * REQUESTS_A_SECOND;
        evidence.expected(
                ("with %d requests a second and four seconds' worth at once: of %d at once at least %d are answered, the others get 429 with "
                        + "Retry-After and a problem; another token is answered all the while; a stream that was open before goes on to its end; a "
                        + "second later the client is answered again").formatted(REQUESTS_A_SECOND, 10 * burst, burst));

        String greedy = token("greedy");
        String modest = token("modest");
        List<Answer> answers;
        List<Answer> others;
        List<RunEvent> streamed;
        try (Runner runner = Runner.of(stack, "{}")) {
            String run = runner.api().start(runner.agent(), runner.scripted(script -> script.text(50, SLOW)));
            try (EventStream stream = runner.api().follow(run, 0).orElseThrow()) {
                stream.until("text.delta");
                answers = atOnce(10 * burst, () -> asked(greedy));
                others = atOnce(burst / 2, () -> asked(modest));
                streamed = stream.until("run.completed");
            }
        }
        await().atMost(A_WHILE).until(() -> asked(greedy).status() == 200);
        List<Answer> refused = answers.stream().filter(answer -> answer.status() == 429).toList();
        long answered = answers.stream().filter(answer -> answer.status() == 200).count();
        evidence.observed("%d answered, %d refused, with Retry-After %s; the other token: %s; the stream ended with %s".formatted(answered,
                refused.size(), refused.stream().map(ClientLimitsIT::retryAfter).distinct().toList(), others.stream()
                        .map(Answer::status)
                        .distinct()
                        .toList(), streamed.getLast().type()));

        assertThat(answered + refused.size()).isEqualTo(answers.size());
        assertThat(answered).isGreaterThanOrEqualTo(burst);
        assertThat(refused).isNotEmpty()
                .allSatisfy(answer -> assertThat(retryAfter(answer)).isEqualTo("1"))
                .allSatisfy(answer -> assertThat(answer.json().path("status").asInt()).isEqualTo(429));
        assertThat(refused.getFirst().headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith(
                "application/problem+json"));
        assertThat(others).extracting(Answer::status).containsOnly(200);
        assertThat(streamed.getLast().type()).isEqualTo("run.completed");
    }

    @Test
    @Promise(value = "SEC-4", part = "runs, streams and sign-ins of a client")
    void runsStreamsAndSignInsHaveLimitsOfTheirOwn(Evidence evidence) throws IOException {
        evidence.expected(
                "%d runs a minute, a quarter of it at once; %d streams open at once, and another when one has ended; %d tries of a password a minute, from an address"
                        .formatted(RUNS_A_MINUTE, STREAMS, SIGN_INS_A_MINUTE));

        String token = token("runner");
        List<Integer> runs = IntStream.range(0, RUNS_A_MINUTE)
                .map(_ -> Http.send(request("/api/runs", token).header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}"))).status())
                .boxed()
                .toList();
        List<Integer> streams = new ArrayList<>();
        try (Runner runner = Runner.of(stack, "{}")) {
            String run = runner.api().start(runner.agent(), runner.scripted(script -> script.text(50, SLOW)));
            String key = token("watcher");
            try (Member.OpenStream first = Member.stream(stack, run, key);
                    Member.OpenStream second = Member.stream(stack, run, key);
                    Member.OpenStream third = Member.stream(stack, run, key)) {
                List.of(first, second, third).forEach(stream -> streams.add(stream.response().statusCode()));
                first.untilItEnds();
            }
            await().atMost(A_WHILE).until(() -> {
                try (Member.OpenStream again = Member.stream(stack, run, key)) {
                    return again.response().statusCode() == 200;
                }
            });
        }
        List<Answer> signIns = atOnce(2 * SIGN_INS_A_MINUTE, () -> Member.signIn(stack, "nobody@example.org", "wrong"));
        long reached = signIns.stream().filter(answer -> !answer.body().contains(OF_THE_FRONT_DOOR)).count();
        evidence.observed("runs %s, streams %s, of %d tries of a password %d reached the service".formatted(counted(runs), streams, signIns
                .size(), reached));

        assertThat(runs).containsOnly(422, 429).filteredOn(status -> status == 422).hasSizeBetween(RUNS_A_MINUTE / 4, RUNS_A_MINUTE / 2);
        assertThat(streams).containsExactly(200, 200, 429);
        assertThat(reached).isBetween(SIGN_INS_A_MINUTE / 3L, SIGN_INS_A_MINUTE * 2L / 3);
    }

    private static String counted(List<Integer> statuses) {
        return statuses.stream()
                .distinct()
                .sorted()
                .map(status -> status + ": " + statuses.stream().filter(status::equals).count())
                .toList()
                .toString();
    }

    private String token(String name) {
        return "Bearer " + stack.stack("token", name).orThrow().out().strip();
    }

    private Answer asked(String authorization) {
        return Http.send(request("/api/agents", authorization).GET());
    }

    private HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create(stack.frontDoor() + path)).header("Authorization", authorization);
    }

    private static String retryAfter(Answer answer) {
        return answer.headers().firstValue("Retry-After").orElse("none");
    }

    private static List<Answer> atOnce(int count, Supplier<Answer> question) {
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, count)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(question, clients))
                    .toList();
            return answers.stream().map(CompletableFuture::join).toList();
        }
    }
}

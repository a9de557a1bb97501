package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.bench.SteadyClients.Outcome;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What remembering Strapi's answers is worth while they change: reads of lists and of single agents at a steady rate, asked of the service
 * directly within the seed's limits, beside a change every half second, by turns through the service and past it, in the database. How
 * many reads Strapi was spared, and how long a change took to be seen. {@code -Dacceptance.seconds=10} makes it short.
 */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class MixedReadsBench {
    private static final int AGENTS = 20;
    private static final int RATE = 500;
    private static final int CONNECTIONS = 50;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("acceptance.seconds", 30));
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(500);
    private static final Duration HANG = Duration.ofSeconds(10);

    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @Test
    void whileAgentsChange(Stacks stacks, Figures figures) throws Exception {
        ComposeStack stack = stacks.create();
        stack.start();
        RunApi api = new RunApi(stack.frontDoor(), HANG);
        List<String> agents = IntStream.range(0, AGENTS).mapToObj(number -> api.agent("{}")).toList();
        SteadyClients readers = new SteadyClients(stack.serviceAddress(), RATE, CONNECTIONS, HANG, number -> number % 2 == 0
                ? "/api/agents?page=" + (1 + number / 2 % 2)
                : "/api/agents/" + agents.get((int) (number / 2 % AGENTS)));
        readers.ask(WARM_UP);
        double remembered = reads(stack, "memory");
        double asked = reads(stack, "strapi");
        List<Double> through = new ArrayList<>();
        List<Double> past = new ArrayList<>();
        List<Outcome> outcomes;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = threads.submit(() -> readers.ask(LENGTH));
            for (int change = 0; !reads.isDone(); change++) {
                String agent = agents.get(change % AGENTS);
                String text = "change " + change;
                if (change % 2 == 0) {
                    patch(stack, agent, text);
                } else {
                    update(stack, agent, text);
                }
                (change % 2 == 0 ? through : past).add(millisUntilSeen(stack, agent, text));
                await().atMost(BETWEEN_CHANGES.multipliedBy(4)).pollDelay(BETWEEN_CHANGES).until(() -> true);
            }
            outcomes = reads.get();
        }
        double hits = reads(stack, "memory") - remembered;
        double misses = reads(stack, "strapi") - asked;
        figures.add("reads", outcomes.size(), "", "%d a second".formatted(RATE));
        figures.add("errors", (double) outcomes.stream().filter(outcome -> outcome.status() != 200).count(), "", "0");
        figures.addRatio("answered from memory, of all", hits / (hits + misses), "");
        figures.add("changes", through.size() + past.size(), "", "");
        figures.addPercentiles("a change through the service seen after its answer", distribution(through), "ms");
        figures.addPercentiles("a change in the database seen after its commit", distribution(past), "ms");
        figures.addPercentiles("a read", Distribution.of(outcomes.stream().mapToDouble(Outcome::milliseconds)), "ms");
        assertThat(hits + misses).isPositive();
    }

    private static Distribution distribution(List<Double> values) {
        return Distribution.of(values.stream().mapToDouble(Double::doubleValue));
    }

    private static double millisUntilSeen(ComposeStack stack, String agent, String text) {
        long made = System.nanoTime();
        String url = "http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/api/agents/" + agent;
        await().atMost(HANG)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> Http.get(url)
                        .body()
                        .contains('"' + text
                                + '"'));
        return (System.nanoTime() - made) / 1e6;
    }

    private static void patch(ComposeStack stack, String agent, String text) {
        Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/agents/" + agent))
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"description\":\"" + text + "\"}"))).orThrow();
    }

    private static void update(ComposeStack stack, String agent, String text) throws SQLException {
        try (Connection database = stack.database();
                PreparedStatement statement = database.prepareStatement("UPDATE agents SET description = ? WHERE document_id = ?")) {
            statement.setString(1, text);
            statement.setString(2, agent);
            statement.executeUpdate();
        }
    }

    private static double reads(ComposeStack stack, String source) {
        String metrics = Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(stack.port("EXPRESS_PORT"))))
                .header("Accept", "text/plain")
                .GET()).orThrow().body();
        return Pattern.compile("(?m)^strapi_reads_total\\{[^}]*source=\"" + source + "\"[^}]*} (\\S+)")
                .matcher(metrics)
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .sum();
    }
}

package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Rivals;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The service beside a small Express server that gives the same answers, and beside nginx with a file of the same bytes: each within the
 * service's limits, asked by the same wrk in turns. {@code -Dacceptance.seconds=3} makes it short.
 */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class BesideExpressBench {
    private static final int AGENTS = 25;
    private static final int ROUNDS = 3;
    private static final int SECONDS = Integer.getInteger("acceptance.seconds", 10);
    private static final int CONNECTIONS = 32;
    private static final double MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path RIVALS = Path.of("acceptance-tests/src/test/docker/rivals/express");

    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    @Test
    void cachedListsAndProbes(Stacks stacks, Figures figures) throws IOException, InterruptedException {
        ComposeStack stack = stacks.create();
        stack.start();
        String service = stack.serviceAddress();
        String answer = agents(stack, "http://" + service + ":3001/api/agents");
        Path folder = Files.createDirectories(stack.directory().resolve("rivals"));
        Files.writeString(folder.resolve("agents.json"), answer);
        install(stacks.project().root().resolve(RIVALS), folder);
        Rivals rivals = stacks.rivals(stack);
        List<String> binds = List.of(folder + ":/answer:ro");
        Rivals.Server express = rivals.server("rival-express", binds, List.of("NODE_ENV=production", "ANSWER=/answer/agents.json"), List.of(
                "node", "/answer/server.js"));
        double expressStart = startSeconds(rivals, express.container(), "http://" + express.address() + ":3001/health/live");
        Rivals.Server nginx = rivals.server("rival-nginx", binds, List.of(), List.of("nginx", "-c", "/etc/rival.conf", "-g",
                "daemon off;"));
        double expressAtRest = memory(stack, express.container());
        double serviceAtRest = memory(stack, stack.containerName(Service.EXPRESS));

        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("service, list", url(service, "/api/agents"));
        urls.put("Express, list", url(express.address(), "/api/agents"));
        urls.put("Express, list as bytes kept ready", url(express.address(), "/prepared"));
        urls.put("nginx, file", url(nginx.address(), "/api/agents"));
        urls.put("service, /health/live", url(service, "/health/live"));
        urls.put("Express, /health/live", url(express.address(), "/health/live"));
        urls.values().stream().filter(url -> !url.contains("health")).forEach(url -> assertThat(bytes(url)).as(url).isEqualTo(answer));
        Map<String, List<Load>> loads = measure(rivals, urls);

        figures.add("bytes of the answer", answer.length(), "", AGENTS + " agents");
        loads.forEach((name, measured) -> figures.tell(name, median(measured).toString()));
        Load ours = median(loads, "service, list");
        Load theirs = median(loads, "Express, list");
        figures.addRatio("list, requests/s of the service to Express", ours.rate() / theirs.rate(), "2 at a lower p99");
        figures.addRatio("list, p99 of the service to Express", ours.p99() / theirs.p99(), "below 1");
        figures.addRatio("/health/live, requests/s of the service to Express", median(loads, "service, /health/live").rate() / median(loads,
                "Express, /health/live").rate(), "2 at a lower p99");
        figures.add("service, memory at rest", serviceAtRest, "MiB", "");
        figures.add("service, memory after the load", memory(stack, stack.containerName(Service.EXPRESS)), "MiB", "");
        figures.add("Express, memory at rest", expressAtRest, "MiB", "");
        figures.add("Express, memory after the load", memory(stack, express.container()), "MiB", "");
        stack.compose("restart", Service.EXPRESS).orThrow();
        figures.add("service, start to the first answer", startSeconds(rivals, stack.containerName(Service.EXPRESS), url(service,
                "/health/live")), "s", "");
        figures.add("Express, start to the first answer", expressStart, "s", "");
        assertThat(loads.values()).allSatisfy(measured -> assertThat(median(measured).errors()).isZero());
    }

    /** In turns, so that whatever else the machine does hits all alike; the first round warms up. */
    private static Map<String, List<Load>> measure(Rivals rivals, Map<String, String> urls) {
        Map<String, List<Load>> loads = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            boolean counts = round > 0;
            urls.forEach((name, url) -> {
                Load load = Load.parse(rivals.wrk(wrk(url)));
                if (counts) {
                    loads.computeIfAbsent(name, _ -> new ArrayList<>()).add(load);
                }
            });
        }
        return loads;
    }

    private static Load median(Map<String, List<Load>> loads, String name) {
        return median(loads.getOrDefault(name, List.of()));
    }

    /** The median round by its rate. */
    private static Load median(List<Load> rounds) {
        return rounds.stream().sorted((a, b) -> Double.compare(a.rate(), b.rate())).toList().get(rounds.size() / 2);
    }

    private static String agents(ComposeStack stack, String list) {
        for (int i = 0; i < AGENTS; i++) {
            Http.postJson(stack.frontDoor() + "/api/agents", """
                    {"name":"Agent %02d","description":"One of many","systemPrompt":"%s","model":"sonnet","maxTokens":1000,"temperature":0.5,
                     "allowedTools":["read","write"],"stopSequences":["END"],"metadata":{"team":"bench"}}"""
                    .formatted(i, "Answer what you are asked. ".repeat(10).strip())).orThrow();
        }
        return bytes(list);
    }

    private static String bytes(String url) {
        return await().atMost(PATIENCE)
                .until(() -> Http.tryGet(url), found -> found.filter(it -> it.status() == 200).isPresent())
                .orElseThrow()
                .body();
    }

    private static void install(Path source, Path folder) throws IOException, InterruptedException {
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "server.js")) {
            Files.copy(source.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Path log = folder.resolve("npm.log");
        Process npm = new ProcessBuilder("npm", "ci", "--ignore-scripts").directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        npm.getOutputStream().close();
        assertThat(npm.waitFor()).as(() -> "npm ci, which left its words in " + log).isZero();
    }

    private static double startSeconds(Rivals rivals, String container, String url) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> Http.tryGet(url).isPresent());
        return Duration.between(rivals.startedAt(container), Instant.now()).toMillis() / 1e3;
    }

    private static List<String> wrk(String url) {
        List<String> arguments = new ArrayList<>(List.of("-t1", "-c" + CONNECTIONS, "-d" + SECONDS + "s", "--latency"));
        Keys.authorization(URI.create(url)).ifPresent(key -> arguments.addAll(List.of("-H", "Authorization: " + key)));
        arguments.add(url);
        return arguments;
    }

    private static String url(String address, String path) {
        return "http://" + address + ":3001" + path;
    }

    private static double memory(ComposeStack stack, String container) {
        return stack.engine().usage(container).memoryBytes() / MIB;
    }
}

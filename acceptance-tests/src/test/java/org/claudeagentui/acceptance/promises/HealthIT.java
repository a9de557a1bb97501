package org.claudeagentui.acceptance.promises;

import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.model.HealthCheck;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Boot;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class HealthIT {
    /** What the seed says of one service's check. */
    private record Seed(String asks, Duration interval, Duration timeout, int retries, Duration startPeriod) {
        static Seed of(String asks, int interval, int timeout, int retries, int startPeriod) {
            return new Seed(asks, Duration.ofSeconds(interval), Duration.ofSeconds(timeout), retries, Duration.ofSeconds(startPeriod));
        }
    }

    private static final Duration READY_AGAIN = Duration.ofSeconds(30);
    private static final int LOOKS_WHILE_AWAY = 20;
    private static final Map<String, Seed> SEED = Map.of(Service.POSTGRES, Seed.of("pg_isready", 10, 5, 5, 10), Service.STRAPI,
            Seed.of("http://127.0.0.1:1337/_health", 30, 10, 3, 60), Service.EXPRESS, Seed.of("http://127.0.0.1:3001/health/started", 30,
                    10, 3, 30),
            Service.FRONTEND, Seed.of("http://127.0.0.1:80/health", 30, 10, 3, 10));

    @Test
    @Promise(value = "HLT-1", part = "time-outs, retries, start periods")
    @Promise(value = "HLT-1", part = "intervals")
    void checksHaveTheSeedsPatience(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the engine's view of each check: time-out, retries and start period of the seed; an interval of the seed's or shorter: "
                        + SEED);

        Map<String, String> seen = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            HealthCheck check = check(stack, service);
            seen.put(service, "interval %s, time-out %s, %d retries, start period %s".formatted(nanos(check.getInterval()), nanos(check
                    .getTimeout()),
                    check.getRetries(), nanos(check.getStartPeriod())));
        }
        evidence.observed(seen.toString());

        for (String service : Service.ALL) {
            HealthCheck check = check(stack, service);
            Seed seed = Objects.requireNonNull(SEED.get(service));
            assertThat(nanos(check.getTimeout())).as(service).isEqualTo(seed.timeout());
            assertThat(check.getRetries()).as(service).isEqualTo(seed.retries());
            assertThat(nanos(check.getStartPeriod())).as(service).isEqualTo(seed.startPeriod());
            assertThat(nanos(check.getInterval())).as(service).isPositive().isLessThanOrEqualTo(seed.interval());
        }
    }

    @Test
    @Promise(value = "HLT-1", part = "what is asked")
    void checksAskWhatTheSeedAsks(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "pg_isready over TCP for the database, an HTTP request to the service's own health endpoint for the others; the same question, put inside"
                        + " the container, succeeds, and fails when put to a port where nobody listens");

        Map<String, Long> rightly = new LinkedHashMap<>();
        Map<String, Long> wrongly = new LinkedHashMap<>();
        Map<String, String> seen = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            List<String> question = question(check(stack, service));
            List<String> misdirected = question.stream()
                    .map(word -> word.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:9"))
                    .map(word -> word.equals("127.0.0.1") ? "127.0.0.9" : word)
                    .toList();
            if (service.equals(Service.POSTGRES)) {
                misdirected = Stream.concat(misdirected.stream(), Stream.of("-p", "9")).toList();
            }
            long right = stack.exec(service, question.toArray(String[]::new)).exitCode();
            long wrong = stack.exec(service, misdirected.toArray(String[]::new)).exitCode();
            seen.put(service, String.join(" ", question) + " -> " + right + ", misdirected -> " + wrong);
            rightly.put(service, right);
            wrongly.put(service, wrong);
        }
        evidence.observed(seen.toString());

        Service.ALL.forEach(service -> assertThat(question(check(stack, service))).as(service)
                .contains(Objects.requireNonNull(SEED.get(service)).asks()));
        assertThat(rightly.values()).containsOnly(0L);
        assertThat(wrongly.values()).doesNotContain(0L);
        assertThat(question(check(stack, Service.EXPRESS))).contains("http://127.0.0.1:3001/health/live");
        assertThat(question(check(stack, Service.POSTGRES))).contains("-h", "127.0.0.1");
    }

    @Test
    @Breaks
    @Promise(value = "HLT-1", part = "Strapi's outage leaves the service healthy")
    void anOutageOfStrapiDoesNotMarkTheServiceDead(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "with Strapi hung, and the service aware of it, the service's check goes on succeeding and /health/live stays 200");

        String service = "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        stack.signalHostPid(Service.STRAPI, "STOP");
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> Http.get(service + "/health/ready").status() == 503);
            Instant known = Instant.now();
            await().atMost(Duration.ofSeconds(45)).until(() -> !probesSince(stack, Service.EXPRESS, known).isEmpty());
            List<HealthStateLog> probes = probesSince(stack, Service.EXPRESS, known);
            Answer live = Http.get(service + "/health/live");
            evidence.observed("%d checks of the service since, exit codes %s; /health/live %d; the service is %s".formatted(probes.size(),
                    probes.stream().map(HealthStateLog::getExitCodeLong).toList(), live.status(), stack.inspect(Service.EXPRESS)
                            .getState()
                            .getHealth()
                            .getStatus()));

            assertThat(probes).extracting(HealthStateLog::getExitCodeLong).containsOnly(0L);
            assertThat(live.status()).isEqualTo(200);
            assertThat(stack.isHealthy(Service.EXPRESS)).isTrue();
        } finally {
            stack.signalHostPid(Service.STRAPI, "CONT");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> stack.isHealthy(Service.STRAPI));
    }

    @Test
    @Breaks
    @Promise("HLT-3")
    void aHungProcessTurnsItsContainerUnhealthy(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "each service's processes stopped by SIGSTOP: the engine calls each container unhealthy within 60 s; continued, each is healthy again");

        Instant stopped = Instant.now();
        Service.ALL.reversed().forEach(service -> stack.signalAllHostPids(service, "STOP"));
        Map<String, Long> unhealthyAfter = new LinkedHashMap<>();
        try {
            Service.ALL.forEach(service -> {
                EngineEvent event = stack.events().await(service, EngineEvent.UNHEALTHY, stopped, Duration.ofSeconds(60));
                unhealthyAfter.put(service, Duration.between(stopped, event.at()).toMillis());
            });
        } finally {
            Service.ALL.forEach(service -> stack.signalAllHostPids(service, "CONT"));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> Service.ALL.stream().allMatch(stack::isHealthy));
        evidence.observed("unhealthy after (ms) " + unhealthyAfter + "; all healthy again once continued");

        assertThat(unhealthyAfter.keySet()).containsExactlyInAnyOrderElementsOf(Service.ALL);
    }

    @Test
    @Breaks
    @Promise(value = "HLT-4", part = "Strapi away")
    void theServiceTellsLiveFromReadyWithoutStrapi(ComposeStack stack, Evidence evidence) {
        provesLiveButNotReady(stack, Service.STRAPI, "strapi", evidence);
    }

    @Test
    @Breaks
    @Promise(value = "HLT-4", part = "PostgreSQL away")
    void theServiceTellsLiveFromReadyWithoutTheDatabase(ComposeStack stack, Evidence evidence) {
        provesLiveButNotReady(stack, Service.POSTGRES, "database", evidence);
    }

    private static void provesLiveButNotReady(ComposeStack stack, String away, String check, Evidence evidence) {
        evidence.expected("with " + away + " stopped: /health/live answers 200 all the while, /health/ready turns 503 and names " + check
                + " alone as down; ready again within " + READY_AGAIN.toSeconds() + " s of the return of " + away);

        String service = "http://127.0.0.1:" + stack.port("EXPRESS_PORT");
        List<Integer> live = new ArrayList<>();
        Callable<Answer> look = () -> {
            live.add(Http.get(service + "/health/live").status());
            return Http.get(service + "/health/ready");
        };
        stack.compose("stop", away).orThrow();
        Instant stopped = Instant.now();
        Answer notReady = await().atMost(READY_AGAIN).until(look, answer -> answer.status() == 503);
        Duration told = Duration.between(stopped, Instant.now());
        // Liveness may follow a moment later.
        for (int i = 0; i < LOOKS_WHILE_AWAY; i++) {
            await().atMost(READY_AGAIN).until(look, answer -> answer.status() == 503);
        }
        stack.compose("up", "--detach", "--wait", "--no-build", "--pull", "never", "--no-deps", away).orThrow();
        Instant back = stack.events().await(away, EngineEvent.HEALTHY, stopped, READY_AGAIN).at();
        await().atMost(READY_AGAIN.multipliedBy(2)).until(look, answer -> answer.status() == 200);
        Duration ready = Duration.between(back, Instant.now());
        List<String> down = down(notReady);
        evidence.observed("ready %d, down: %s; live %s; ready again %d ms after %s was healthy".formatted(notReady.status(), down, live,
                ready.toMillis(), away));
        evidence.figure("told after", told.toMillis(), "ms");
        evidence.figure("ready again after", ready.toMillis(), "ms");
        await().atMost(Duration.ofSeconds(60)).until(() -> Service.ALL.stream().allMatch(stack::isHealthy));

        assertThat(live).containsOnly(200);
        assertThat(down).containsExactly(check);
        assertThat(ready).isLessThanOrEqualTo(READY_AGAIN);
    }

    private static List<String> down(Answer notReady) {
        List<String> down = new ArrayList<>();
        notReady.json().at("/checks").forEach(part -> {
            if (part.at("/status").asText().equals("DOWN")) {
                down.add(part.at("/name").asText());
            }
        });
        return down;
    }

    private static List<HealthStateLog> probesSince(ComposeStack stack, String service, Instant moment) {
        return Objects.requireNonNull(stack.inspect(service).getState().getHealth().getLog())
                .stream()
                .filter(probe -> startOf(probe).isAfter(moment))
                .toList();
    }

    private static Instant startOf(HealthStateLog probe) {
        return OffsetDateTime.parse(Objects.requireNonNull(probe.getStart())).toInstant();
    }

    private static Instant endOf(HealthStateLog probe) {
        return OffsetDateTime.parse(Objects.requireNonNull(probe.getEnd())).toInstant();
    }

    @Test
    @Promise(value = "HLT-2", part = "strapi")
    @Promise(value = "HLT-2", part = "service")
    @Promise(value = "HLT-2", part = "frontend")
    void healthEndpointsAnswerFromTheHost(ComposeStack stack, Evidence evidence) {
        evidence.expected("2xx from Strapi's /_health, the service's /health and the frontend's /health, asked from the host");

        Map<String, Integer> seen = new LinkedHashMap<>();
        seen.put("strapi /_health", Http.get("http://127.0.0.1:" + stack.port("STRAPI_PORT") + "/_health").status());
        seen.put("service /health", Http.get("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/health").status());
        seen.put("frontend /health", Http.get(stack.frontDoor() + "/health").status());
        evidence.observed(seen.toString());

        assertThat(seen.values()).allMatch(status -> status >= 200 && status < 300);
    }

    @Test
    @Promise("HLT-5")
    void theTemporaryServerIsNotCalledHealthy(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "with an init script that takes 6 s, all checks that ended while only the entry point's temporary server runs fail, and healthy comes after it is gone");

        ComposeStack stack = stacks.create();
        Path scripts = initScripts(stack, """
                #!/usr/bin/env bash
                set -Eeuo pipefail
                pg_isready -q && echo "slow-init begins $(date +%s%N)"
                read -r -t 6 _ <> <(:) || true
                pg_isready -q && echo "slow-init ends $(date +%s%N)"
                """);
        stack.overlay("slow-init", "services:\n  postgres:\n    volumes:\n      - '%s:/docker-entrypoint-initdb.d:ro'\n".formatted(
                scripts));
        Boot boot = stack.prepare().up(Service.POSTGRES);

        List<HealthStateLog> probes = Objects.requireNonNull(stack.inspect(Service.POSTGRES).getState().getHealth().getLog());
        String log = await().atMost(Duration.ofSeconds(20))
                .until(() -> stack.engine().logs(stack.containerName(Service.POSTGRES), 200), text -> text.contains("slow-init ends "));
        Instant begins = moment(log, "slow-init begins ");
        Instant ends = moment(log, "slow-init ends ");
        EngineEvent healthy = boot.events().stream().filter(event -> event.action().equals(EngineEvent.HEALTHY)).findFirst().orElseThrow();
        List<HealthStateLog> during = probes.stream()
                .filter(probe -> endOf(probe).isAfter(begins) && endOf(probe).isBefore(ends))
                .toList();
        evidence.observed(
                "the temporary server took connections on its socket from %s to %s; %d recorded checks in between, exit codes %s; %s"
                        .formatted(begins, ends,
                                during.size(), during.stream().map(HealthStateLog::getExitCodeLong).toList(), healthy.since(ends)
                                        + " after the temporary server's last word"));
        evidence.figure("healthy after the temporary server's end", Duration.between(ends, healthy.at()).toMillis(), "ms");

        assertThat(healthy.at()).isAfter(ends);
        assertThat(during).isNotEmpty().extracting(HealthStateLog::getExitCodeLong).doesNotContain(0L);
    }

    private static Path initScripts(ComposeStack stack, String slow) {
        Path folder = stack.directory().resolve("init");
        try {
            Files.createDirectories(folder);
            try (Stream<Path> scripts = Files.list(stack.project().root().resolve("database/init"))) {
                for (Path script : scripts.toList()) {
                    Files.copy(script, folder.resolve(script.getFileName()));
                }
            }
            Files.setPosixFilePermissions(Files.writeString(folder.resolve("05-slow.sh"), slow), PosixFilePermissions.fromString(
                    "rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException("The init scripts cannot be laid out in " + folder, e);
        }
        return folder;
    }

    private static Instant moment(String log, String marker) {
        Optional<String> nanos = log.lines()
                .filter(line -> line.contains(marker))
                .map(line -> line.substring(line.indexOf(marker) + marker.length()).strip())
                .findFirst();
        return Instant.ofEpochSecond(0, Long.parseLong(nanos.orElseThrow(() -> new AssertionError("No \"" + marker
                + "\" in the database's log: " + log))));
    }

    private static HealthCheck check(ComposeStack stack, String service) {
        return Objects.requireNonNull(stack.inspect(service).getConfig().getHealthcheck(), "a health check");
    }

    // The pacing wrapper and its seconds are not part of the question.
    private static List<String> question(HealthCheck check) {
        List<String> words = Objects.requireNonNull(check.getTest());
        assertThat(words.getFirst()).isEqualTo("CMD");
        return words.get(1).equals("at-rest") ? words.subList(3, words.size()) : words.subList(1, words.size());
    }

    private static Duration nanos(Long nanos) {
        return Duration.ofNanos(nanos);
    }
}

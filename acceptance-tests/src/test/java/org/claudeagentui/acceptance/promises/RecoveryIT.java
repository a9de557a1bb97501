package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Probe;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class RecoveryIT {
    private static final Duration HEALTHY_AGAIN = Duration.ofSeconds(60);
    private static final Duration FOUND_AGAIN = Duration.ofSeconds(15);
    private static final int PLACEHOLDERS = 6;

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "postgres killed")
    void postgresComesBack(ComposeStack stack, Evidence evidence) {
        provesComeback(stack, Service.POSTGRES, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "strapi killed")
    void strapiComesBack(ComposeStack stack, Evidence evidence) {
        provesComeback(stack, Service.STRAPI, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "express killed")
    void expressComesBack(ComposeStack stack, Evidence evidence) {
        provesComeback(stack, Service.EXPRESS, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "frontend killed")
    void frontendComesBack(ComposeStack stack, Evidence evidence) {
        provesComeback(stack, Service.FRONTEND, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "postgres killed")
    void postgresComesBackWhereAnotherProcessHasTheNumberInItsLockFile(ComposeStack stack, Evidence evidence) {
        evidence.expected("killed with its container, postgres leaves a lock file; with the number of a living process in it, the next"
                + " container's server starts all the same");

        stack.remove(Service.POSTGRES);
        String left = stack.engine()
                .runBeside(List.of(stack.name() + "-postgres-data:/data"), List.of("sed", "-i", "-e", "1w /dev/stdout", "-e", "1s/.*/1/",
                        "/data/pgdata/postmaster.pid"))
                .orThrow();
        stack.recreate(Service.POSTGRES);
        Duration whole = awaitWhole(stack);
        evidence.observed("left behind by process " + left + ", changed to that of the container's init; postgres healthy, the whole stack"
                + " answered after " + whole.toMillis() + " ms");

        assertThat(left).matches("[0-9]+");
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "postgres killed")
    void aSecondServerIsKeptOffTheData(ComposeStack stack, Evidence evidence) {
        evidence.expected("while postgres runs, a second server on its volume is refused, saying why");

        CommandResult second = stack.compose("run", "--rm", "--no-deps", "-T", Service.POSTGRES, "postgres");
        evidence.observed("exit code " + second.exitCode() + ": " + second.lastLines(2));

        assertThat(second.exitCode()).isEqualTo(78);
        assertThat(second.text()).contains("another server is at work on this data volume");
        assertThat(stack.isHealthy(Service.POSTGRES)).isTrue();
    }

    private static void provesComeback(ComposeStack stack, String service, Evidence evidence) {
        evidence.expected("its main process killed from the host, " + service + " is restarted by the engine and healthy again within "
                + HEALTHY_AGAIN.toSeconds()
                + " s; then the whole stack answers through the front door");

        Instant killed = Instant.now();
        stack.signalHostPid(service, "KILL");
        EngineEvent died = stack.events().await(service, EngineEvent.DIE, killed, Duration.ofSeconds(10));
        EngineEvent healthy = stack.events().await(service, EngineEvent.HEALTHY, died.at(), HEALTHY_AGAIN);
        Duration whole = awaitWhole(stack);
        evidence.observed("exit code %s; %s after the death; restarts counted by the engine: %d".formatted(died.exitCode(), healthy.since(
                died.at()),
                stack.inspect(service).getRestartCount()));
        evidence.figure("healthy again after", Duration.between(died.at(), healthy.at()).toMillis(), "ms");
        evidence.figure("whole stack answers after another", whole.toMillis(), "ms");
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "postgres at a new address")
    void postgresIsFoundAtANewAddress(ComposeStack stack, Evidence evidence) {
        provesFoundAgain(stack, Service.POSTGRES, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "strapi at a new address")
    void strapiIsFoundAtANewAddress(ComposeStack stack, Evidence evidence) {
        provesFoundAgain(stack, Service.STRAPI, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "express at a new address")
    void expressIsFoundAtANewAddress(ComposeStack stack, Evidence evidence) {
        provesFoundAgain(stack, Service.EXPRESS, evidence);
    }

    @Test
    @Breaks
    @Promise(value = "TOP-2", part = "frontend at a new address")
    void frontendIsFoundAtANewAddress(ComposeStack stack, Evidence evidence) {
        provesFoundAgain(stack, Service.FRONTEND, evidence);
    }

    // Strangers take the old address on each network while the service is away, so that it must come back at another.
    private static void provesFoundAgain(ComposeStack stack, String service, Evidence evidence) {
        evidence.expected(service
                + " is re-created at another address on each of its networks; the others find it there without a restart of their own, within "
                + FOUND_AGAIN.toSeconds() + " s");

        Map<String, String> before = addresses(stack, service);
        Map<String, String> startedBefore = starts(stack, service);
        stack.remove(service);
        List<Probe> strangers = new ArrayList<>();
        Map<String, String> after;
        Duration found;
        try {
            before.forEach((network, address) -> strangers.addAll(occupy(stack, network, address)));
            stack.recreate(service);
            after = addresses(stack, service);
            found = awaitWhole(stack);
        } finally {
            strangers.forEach(Probe::close);
        }
        evidence.observed("addresses before %s, after %s; the others' starts unchanged: %s".formatted(before, after, startedBefore.equals(
                starts(stack, service))));
        evidence.figure("whole stack answers after the service's health", found.toMillis(), "ms");

        before.forEach((network, address) -> assertThat(after.get(network)).as(network).isNotEqualTo(address));
        assertThat(starts(stack, service)).isEqualTo(startedBefore);
    }

    private static List<Probe> occupy(ComposeStack stack, String network, String address) {
        List<Probe> strangers = new ArrayList<>();
        for (int i = 0; i < PLACEHOLDERS && strangers.stream().noneMatch(stranger -> stranger.address().equals(address)); i++) {
            strangers.add(stack.probe(network));
        }
        return strangers;
    }

    private static Map<String, String> addresses(ComposeStack stack, String service) {
        Map<String, String> addresses = new TreeMap<>();
        stack.inspect(service)
                .getNetworkSettings()
                .getNetworks()
                .forEach((network, at) -> addresses.put(network.replace(stack.name() + "-", ""), String.valueOf(at.getIpAddress())));
        return addresses;
    }

    private static Map<String, String> starts(ComposeStack stack, String except) {
        Map<String, String> starts = new TreeMap<>();
        Service.ALL.stream()
                .filter(service -> !service.equals(except))
                .forEach(service -> starts.put(service, String.valueOf(stack.inspect(service).getState().getStartedAt())));
        return starts;
    }

    // Through nginx to the service, from there to Strapi and to both databases; and through nginx to Strapi.
    private static Duration awaitWhole(ComposeStack stack) {
        Instant began = Instant.now();
        await().atMost(FOUND_AGAIN)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> answers(stack.frontDoor() + "/health")
                        && answers(stack.frontDoor() + "/api/agents") && answers(stack.frontDoor() + "/strapi/_health")
                        && answers("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/health/ready"));
        return Duration.between(began, Instant.now());
    }

    private static boolean answers(String url) {
        Optional<Answer> answer = Http.tryGet(url);
        return answer.filter(Answer::succeeded).isPresent();
    }
}

package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Boot;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class StartupIT {
    private static final Duration COLD = Duration.ofSeconds(110);
    private static final Map<String, List<String>> NEEDS = Map.of(Service.STRAPI, List.of(Service.POSTGRES), Service.EXPRESS,
            List.of(Service.POSTGRES, Service.STRAPI), Service.FRONTEND, List.of(Service.STRAPI, Service.EXPRESS));

    @Test
    @Promise("STA-1")
    void nothingStartsBeforeWhatItNeedsIsHealthy(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "in the engine's events of the cold boot, each service's start comes after the first health of each service it needs: "
                        + NEEDS);

        Boot boot = stack.boots().getFirst();
        evidence.observed(boot.events()
                .stream()
                .filter(event -> List.of(EngineEvent.START, EngineEvent.HEALTHY).contains(event.action()))
                .map(event -> event.since(boot.asked()))
                .collect(Collectors.joining(", ")));

        List<String> early = new ArrayList<>();
        NEEDS.forEach((service, needs) -> needs.forEach(need -> {
            Instant start = first(boot, service, EngineEvent.START);
            Instant healthy = first(boot, need, EngineEvent.HEALTHY);
            evidence.figure(service + " after " + need, Duration.between(healthy, start).toMillis(), "ms");
            if (start.isBefore(healthy)) {
                early.add("%s started %d ms before %s was healthy".formatted(service, Duration.between(start, healthy).toMillis(), need));
            }
        }));
        assertThat(early).isEmpty();
    }

    @Test
    @Promise(value = "STA-2", part = "cold")
    void startsColdInTime(ComposeStack stack, Evidence evidence) {
        evidence.expected("from the request, on empty volumes, to the last service's health: at most " + COLD.toSeconds() + " s");

        Boot boot = stack.boots().getFirst();
        evidence.observed(Service.ALL.stream()
                .map(service -> service + " healthy +" + seconds(boot.asked(), first(boot, service, EngineEvent.HEALTHY)) + " s")
                .collect(Collectors.joining(", ")));
        evidence.figure("cold start", boot.healthyAfter().toMillis() / 1000.0, "s");

        assertThat(boot.healthyAfter()).isLessThanOrEqualTo(COLD);
    }

    @Test
    @Promise(value = "STA-4", part = "dependants stay down")
    @Promise(value = "STA-4", part = "up ends non-zero and says why")
    void tellsWhatCannotBecomeHealthyAndStartsNothingThatNeedsIt(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "with a database that refuses one of its settings: strapi, express and frontend are never started; ./stack up ends non-zero, names postgres,"
                        + " says why, and shows its last log lines");

        ComposeStack stack = stacks.create();
        stack.overlay("broken", "services:\n  postgres:\n    command: ['postgres', '-c', 'shared_buffers=nonsense']\n").prepare();
        CommandResult up = stack.stack("up");
        List<String> started = stack.events()
                .all()
                .stream()
                .filter(event -> event.action().equals(EngineEvent.START))
                .map(EngineEvent::service)
                .distinct()
                .toList();
        evidence.observed("exit code %d after %.1f s; started: %s; its last lines: %s".formatted(up.exitCode(), up.took().toMillis()
                / 1000.0, started, up.lastLines(9)));
        evidence.figure("time to the verdict", up.took().toMillis() / 1000.0, "s");

        assertThat(started).contains(Service.POSTGRES).doesNotContain(Service.STRAPI, Service.EXPRESS, Service.FRONTEND);
        assertThat(up.exitCode()).isNotZero();
        assertThat(up.text()).contains("postgres did not become healthy")
                .contains("not started because of it")
                .contains("strapi", "express", "frontend")
                .contains("invalid value for parameter \"shared_buffers\"");
    }

    private static Instant first(Boot boot, String service, String action) {
        return boot.events()
                .stream()
                .filter(event -> event.service().equals(service) && event.action().equals(action))
                .map(EngineEvent::at)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No event \"" + action + "\" of " + service));
    }

    private static String seconds(Instant from, Instant to) {
        return "%.1f".formatted(Duration.between(from, to).toMillis() / 1000.0);
    }
}

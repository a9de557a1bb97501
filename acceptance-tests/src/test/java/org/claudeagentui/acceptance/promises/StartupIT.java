package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Boot;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Sight;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
@Isolated("it asserts seconds of whole boots")
class StartupIT {
    private static final Duration COLD = Duration.ofSeconds(110);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final int BOOTS = 20;
    private static final int BOOTS_IN_A_PLAIN_RUN = 2;
    private static final int LEAST_QUESTIONS_A_SECOND = 15;
    private static final Map<String, List<String>> NEEDS = Map.of(Service.STRAPI, List.of(Service.POSTGRES), Service.EXPRESS,
            List.of(Service.POSTGRES, Service.STRAPI), Service.FRONTEND, List.of(Service.STRAPI, Service.EXPRESS));
    private static final Sample<Broken> BROKEN_TAKEN = Sample.covering(Broken.ALL, 1, broken -> Set.of(broken.service(), broken.why()));

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
        NEEDS.forEach((service, needs) -> needs.forEach(need -> evidence.figure(service + " after " + need, Duration.between(boot.first(
                need, EngineEvent.HEALTHY), boot.first(service, EngineEvent.START)).toMillis(), "ms")));

        assertThat(early(boot)).isEmpty();
    }

    private static List<String> early(Boot boot) {
        List<String> early = new ArrayList<>();
        NEEDS.forEach((service, needs) -> needs.forEach(need -> {
            Instant start = boot.first(service, EngineEvent.START);
            Instant healthy = boot.first(need, EngineEvent.HEALTHY);
            if (start.isBefore(healthy)) {
                early.add("%s started %d ms before %s was healthy".formatted(service, Duration.between(start, healthy).toMillis(), need));
            }
        }));
        return early;
    }

    @Test
    @Promise(value = "STA-3", part = "no early release")
    @Promise(value = "STA-3", part = "no 502 at the front door")
    void noBootReleasesADependantEarlyOrShowsA502(ComposeStack stack, Stacks stacks, Evidence evidence) {
        Sample<Integer> taken = Sample.of(IntStream.rangeClosed(1, BOOTS).boxed().toList(), BOOTS_IN_A_PLAIN_RUN);
        evidence.expected(
                ("in each of %d boots on fresh volumes, no start before the health of what is needed; a client that asks the front"
                        + " door 20 times a second from the moment of ./stack up gets no answer while nobody listens, then success, or a 503 that"
                        + " says when to try again; never a 502").formatted(BOOTS));

        List<Boot> boots = new ArrayList<>(List.of(stack.boots().getFirst()));
        while (boots.size() < taken.chosen().size()) {
            ComposeStack another = stacks.create().prepare();
            boots.add(another.upByStack());
            another.stop();
        }
        evidence.observed("taken: " + taken.describe());
        evidence.table("Boots on fresh volumes", List.of("boot", "healthy after, s", "first 200 after, s", "released early", "front door"),
                IntStream.range(0, boots.size()).mapToObj(i -> row(i + 1, boots.get(i))).toList());
        Distribution cold = Distribution.of(boots.stream().mapToDouble(boot -> boot.healthyAfter().toMillis() / 1000.0));
        evidence.figure("boots", boots.size(), "")
                .figure("cold start, p50", cold.percentile(50), "s")
                .figure("cold start, p95", cold.percentile(95), "s")
                .figure("cold start, slowest", cold.percentile(100), "s")
                .figure("questions at the front door", boots.stream().mapToInt(boot -> boot.frontDoor().size()).sum(), "");

        assertThat(boots).allSatisfy(boot -> {
            assertThat(early(boot)).isEmpty();
            assertThat(boot.frontDoor()).allMatch(Sight::tolerable);
            assertThat(boot.frontDoor()).anyMatch(sight -> sight.status() == 200);
            assertThat(boot.frontDoor().size()).isGreaterThan((int) boot.healthyAfter().toSeconds() * LEAST_QUESTIONS_A_SECOND);
        });
    }

    // With how often each answer came at the front door, in their order.
    private static List<String> row(int number, Boot boot) {
        List<String> sequence = new ArrayList<>();
        int times = 0;
        for (int i = 0; i < boot.frontDoor().size(); i++) {
            Sight sight = boot.frontDoor().get(i);
            times++;
            if (i + 1 == boot.frontDoor().size() || boot.frontDoor().get(i + 1).status() != sight.status()) {
                sequence.add((sight.answered() ? String.valueOf(sight.status()) : "no answer") + " ×" + times);
                times = 0;
            }
        }
        String first = boot.frontDoor()
                .stream()
                .filter(sight -> sight.status() == 200)
                .findFirst()
                .map(sight -> seconds(boot.asked(), sight.asked()))
                .orElse("never");
        return List.of(String.valueOf(number), "%.1f".formatted(boot.healthyAfter().toMillis() / 1000.0), first, String.join(", ", early(
                boot)), String.join(", ", sequence));
    }

    @Test
    @Promise(value = "STA-2", part = "cold")
    void startsColdInTime(ComposeStack stack, Evidence evidence) {
        evidence.expected("from the request, on empty volumes, to the last service's health: at most " + COLD.toSeconds() + " s");

        Boot boot = stack.boots().getFirst();
        evidence.observed(healthySince(boot));
        evidence.figure("cold start", boot.healthyAfter().toMillis() / 1000.0, "s");

        assertThat(boot.healthyAfter()).isLessThanOrEqualTo(COLD);
    }

    @Test
    @Breaks
    @Promise(value = "STA-2", part = "later")
    void startsAgainInTime(ComposeStack stack, Evidence evidence) {
        evidence.expected("after a down, from the request to the last service's health: at most " + LATER.toSeconds() + " s");

        stack.down();
        Boot boot = stack.up();
        evidence.observed(healthySince(boot));
        evidence.figure("later start", boot.healthyAfter().toMillis() / 1000.0, "s");

        assertThat(boot.healthyAfter()).isLessThanOrEqualTo(LATER);
    }

    private static String healthySince(Boot boot) {
        return Service.ALL.stream()
                .map(service -> service + " healthy +" + seconds(boot.asked(), boot.first(service, EngineEvent.HEALTHY)) + " s")
                .collect(Collectors.joining(", "));
    }

    static Stream<Broken> broken() {
        return BROKEN_TAKEN.chosen().stream();
    }

    @ParameterizedTest
    @MethodSource("broken")
    @Promise(value = "STA-4", part = "dependants stay down")
    @Promise(value = "STA-4", part = "up ends non-zero and says why")
    void tellsWhatCannotBecomeHealthyAndStartsNothingThatNeedsIt(Broken broken, Stacks stacks, Evidence evidence) {
        List<String> needIt = Service.ALL.subList(Service.ALL.indexOf(broken.service()) + 1, Service.ALL.size());
        evidence.expected("%s: %s are never started; ./stack up ends non-zero, names %s, says why, and shows its last log lines".formatted(
                broken, needIt, broken.service()));

        ComposeStack stack = stacks.create();
        stack.overlay("broken", broken.overlay()).prepare();
        CommandResult up = stack.stack("up");
        List<String> started = stack.events()
                .all()
                .stream()
                .filter(event -> event.action().equals(EngineEvent.START))
                .map(EngineEvent::service)
                .distinct()
                .toList();
        evidence.observed("taken: %s; exit code %d after %.1f s; started: %s; its last lines: %s".formatted(BROKEN_TAKEN.describe(), up
                .exitCode(), up.took().toMillis() / 1000.0, started, up.lastLines(9)));
        evidence.figure(broken + ", time to the verdict", up.took().toMillis() / 1000.0, "s");

        assertThat(started).contains(broken.service()).doesNotContainAnyElementsOf(needIt);
        assertThat(up.exitCode()).isNotZero();
        assertThat(up.text()).contains(broken.service() + " did not become healthy")
                .contains("not started because of it")
                .contains(needIt)
                .contains(broken.why())
                .contains("The last lines of " + broken.service())
                .contains(broken.lastWords());
    }

    private static String seconds(Instant from, Instant to) {
        return "%.1f".formatted(Duration.between(from, to).toMillis() / 1000.0);
    }
}

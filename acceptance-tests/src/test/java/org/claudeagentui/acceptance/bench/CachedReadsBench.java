package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.bench.SteadyClients.Outcome;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Cached reads at a steady rate, asked of the service directly within the seed's limits, while Strapi freezes for a third of the time
 * and, amid that, the service loses its connections to the database: from then on nothing that it remembers is fresh. Beside them a few
 * reads a second of what nobody has asked before. {@code -Dacceptance.seconds=15} makes it short.
 */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class CachedReadsBench {
    private static final int RATE = 2_000;
    private static final int CONNECTIONS = 200;
    private static final int UNKNOWN_RATE = 10;
    private static final int UNKNOWN_CONNECTIONS = 60;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("acceptance.seconds", 60));
    private static final Duration THIRD = LENGTH.dividedBy(3);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration HANG = Duration.ofSeconds(10);
    private static final String DISCONNECT = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'express'";

    @Timeout(value = 9, unit = TimeUnit.MINUTES)
    @Test
    void whileStrapiFreezes(Stacks stacks, Figures figures) throws Exception {
        ComposeStack stack = stacks.create();
        stack.start();
        String address = stack.serviceAddress();
        SteadyClients known = new SteadyClients(address, RATE, CONNECTIONS, HANG, _ -> "/api/agents");
        SteadyClients unknown = new SteadyClients(address, UNKNOWN_RATE, UNKNOWN_CONNECTIONS, HANG, _ -> "/api/agents?search=" + UUID
                .randomUUID());
        known.ask(WARM_UP);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            var reads = threads.submit(() -> known.ask(LENGTH));
            var others = threads.submit(() -> unknown.ask(LENGTH));
            CompletableFuture<Long> back = CompletableFuture.supplyAsync(() -> freeze(stack, start), threads);
            List<Outcome> list = reads.get();
            List<Outcome> misses = others.get();
            long frozen = start + THIRD.toNanos();
            long thawed = back.join();

            tell(figures, "before", list, outcome -> outcome.due() < frozen);
            tell(figures, "Strapi frozen", list, outcome -> outcome.due() >= frozen && outcome.due() < thawed);
            tell(figures, "after", list, outcome -> outcome.due() >= thawed);
            figures.add("list, answers in all", list.size(), "", "%d a second".formatted(RATE));
            figures.add("list, stale answers", count(list, Outcome::stale), "", "");
            figures.add("list, errors", count(list, outcome -> outcome.status() != 200), "", "0");
            figures.add("hangs", count(list, CachedReadsBench::hangs) + count(misses, CachedReadsBench::hangs), "", "0");
            figures.add("never asked before, refused while Strapi was frozen", count(misses, outcome -> outcome.status() == 503), "", "");
            double recovery = misses.stream()
                    .filter(outcome -> outcome.due() >= thawed && outcome.status() != 200)
                    .mapToDouble(outcome -> (outcome.due() - thawed) / 1e9 + outcome.milliseconds() / 1e3)
                    .max()
                    .orElse(0);
            figures.add("last failure after Strapi's return", recovery, "s", "5 s");
            assertThat(Http.get("http://" + address + ":3001/api/agents").status()).isEqualTo(200);
        }
    }

    /** When Strapi went on, as nanoseconds of the system's timer. */
    private static long freeze(ComposeStack stack, long start) {
        awaitFrom(start, THIRD);
        stack.pause(Service.STRAPI);
        awaitFrom(start, THIRD.plus(THIRD.dividedBy(2)));
        stack.query(DISCONNECT);
        awaitFrom(start, THIRD.multipliedBy(2));
        stack.unpause(Service.STRAPI);
        return System.nanoTime();
    }

    private static void awaitFrom(long start, Duration since) {
        await().atMost(LENGTH.multipliedBy(2)).pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() - start > since.toNanos());
    }

    private static void tell(Figures figures, String phase, List<Outcome> outcomes, Predicate<Outcome> during) {
        Distribution times = Distribution.of(outcomes.stream().filter(during).mapToDouble(Outcome::milliseconds));
        figures.tell("list, " + phase, String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, max %.0f ms (n=%d)", times.percentile(50),
                times
                        .percentile(99), times.percentile(100), times.size()));
    }

    private static double count(List<Outcome> outcomes, Predicate<Outcome> wanted) {
        return outcomes.stream().filter(wanted).count();
    }

    private static boolean hangs(Outcome outcome) {
        return outcome.status() == SteadyClients.NONE && outcome.milliseconds() >= HANG.toMillis();
    }
}

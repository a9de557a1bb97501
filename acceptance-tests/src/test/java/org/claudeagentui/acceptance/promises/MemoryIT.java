package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.faults.WholeStack;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.ExecResult;
import org.claudeagentui.acceptance.stack.Outgrowth;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class MemoryIT {
    /** A recovery that takes its time turns many clients away, with a line for each. */
    private static final int LOG_LINES = 5_000;
    private static final Duration KERNEL = Duration.ofSeconds(20);
    private static final Duration HEALTHY_AGAIN = Duration.ofSeconds(60);
    /** Two strings of half a gigabyte and the one made of both: twice what the container may have. */
    private static final String GREEDY = "SELECT length(repeat('x', 500000000) || repeat('y', 500000000))";
    private static final String KILLS = "cat /sys/fs/cgroup/memory/memory.oom_control /sys/fs/cgroup/memory.events 2>/dev/null"
            + " | awk '$1 == \"oom_kill\" { print $2 }'";

    @Test
    @Breaks
    @Promise(value = "LIM-2", part = "PostgreSQL: a backend")
    void aGreedyBackendIsKilledAndTheServerRecovers(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "a query that wants twice the container's memory: the kernel kills its backend (the engine's oom event, the cgroup's counter), the"
                        + " container lives on, the server recovers; the others live on and find it again");

        WholeStack whole = WholeStack.of(stack);
        Map<String, String> lives = lives(stack);
        long killsBefore = kills(stack);
        Instant asked = Instant.now();
        ExecResult query = stack.exec(Service.POSTGRES, "psql", "-XAtq", "-U", "postgres", "-d", "claude_agent_ui", "-c", GREEDY);
        EngineEvent oom = stack.events().await(Service.POSTGRES, EngineEvent.OOM, asked, KERNEL);
        Duration recovered = awaitWhole(whole);
        long kills = kills(stack) - killsBefore;
        List<String> log = stack.engine()
                .logs(stack.containerName(Service.POSTGRES), LOG_LINES)
                .lines()
                .filter(line -> line.contains("signal 9") || line.contains("reinitializing"))
                .toList();
        boolean allLived = lives(stack).equals(lives);
        evidence.observed("the query ended with %d: %s; %s; killed by the cgroup: %d; PostgreSQL's log: %s; every container lived on: %s"
                .formatted(query
                        .exitCode(), query.err().lines().findFirst().orElse(""), oom.since(asked), kills, log, allLived));
        evidence.figure("whole stack answers after", recovered.toMillis(), "ms");

        assertThat(query.succeeded()).isFalse();
        assertThat(kills).isPositive();
        assertThat(log).anyMatch(line -> line.contains("was terminated by signal 9"));
        assertThat(allLived).isTrue();
    }

    private static long kills(ComposeStack stack) {
        return Long.parseLong(stack.exec(Service.POSTGRES, "bash", "-c", KILLS).orThrow());
    }

    @Test
    @Breaks
    @Promise(value = "LIM-2", part = "a main process")
    void aMainProcessThatOutgrowsItsMemoryIsKilledAloneAndComesBack(ComposeStack stack, Evidence evidence) {
        Sample<String> sample = Sample.of(List.of(Service.STRAPI, Service.EXPRESS, Service.FRONTEND), 1);
        evidence.expected(
                "the limit lowered to 1 MiB above what is in use, under load: the kernel kills the main process (the engine's oom event, exit code"
                        + " 137), the engine restarts it, it is healthy within " + HEALTHY_AGAIN.toSeconds()
                        + " s; the others live on and find it again; of "
                        + sample.describe() + " services: " + sample.chosen());

        WholeStack whole = WholeStack.of(stack);
        List<List<String>> rows = new ArrayList<>();
        for (String service : sample.chosen()) {
            Map<String, String> lives = lives(stack);
            Outgrowth outgrowth = Outgrowth.of(stack, service);
            EngineEvent died = stack.events().await(service, EngineEvent.DIE, outgrowth.asked(), KERNEL);
            EngineEvent healthy = stack.events().await(service, EngineEvent.HEALTHY, died.at(), HEALTHY_AGAIN);
            Duration wholeAfter = awaitWhole(whole);
            Map<String, String> after = lives(stack);
            List<String> gone = lives.keySet().stream().filter(each -> !Objects.equals(lives.get(each), after.get(each))).toList();
            rows.add(List.of(service, "137, " + List.of(service), died.exitCode() + ", " + gone, String.valueOf(outgrowth
                    .limitBytes() >> 20), outgrowth
                            .killed()
                            .since(outgrowth.asked()), healthy.since(died.at()), String.valueOf(wholeAfter.toMillis())));
        }
        evidence.table("Main processes that outgrew their memory", List.of("service", "expected", "observed", "limit MiB", "killed",
                "healthy again",
                "whole stack after ms"), rows);
        evidence.observed(rows.toString());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    // A start that is the same means that the container lived on.
    private static Map<String, String> lives(ComposeStack stack) {
        Map<String, String> lives = new TreeMap<>();
        Service.ALL.forEach(service -> lives.put(service, String.valueOf(stack.inspect(service).getState().getStartedAt())));
        return lives;
    }

    private static Duration awaitWhole(WholeStack whole) {
        Instant began = Instant.now();
        await().atMost(HEALTHY_AGAIN).until(() -> whole.complaints().isEmpty());
        return Duration.between(began, Instant.now());
    }
}

package org.claudeagentui.acceptance.promises;

import com.github.dockerjava.api.command.InspectContainerResponse;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class ConfinementIT {
    private static final List<String> CONTAINERS = Stream.concat(Service.ALL.stream(), Stream.of(Service.STANDIN)).toList();

    /** How each is asked to stop, and how long it is given. */
    private static final Map<String, String> STOPS = Map.of(Service.POSTGRES, "SIGINT, 30 s", Service.STRAPI, "SIGTERM, 20 s",
            Service.EXPRESS,
            "SIGTERM, 20 s", Service.FRONTEND, "SIGQUIT, 20 s", Service.STANDIN, "SIGTERM, 5 s");
    private static final Duration KILLED_AFTER_GRACE = Duration.ofSeconds(5);
    private static final Duration DEAF_WITHIN = Duration.ofSeconds(30);

    /**
     * One line an aspect. Every process counts, those of this script too, since they are what an intruder would get. A set-uid
     * program that gains something is loaded in secure mode, in which the loader doesn't show what the kernel handed it.
     */
    private static final String LOOK = """
            all() { cat /proc/[0-9]*/status 2>/dev/null | awk -v keys="$1" '$1 ~ "^(" keys "):$" { for (i = 2; i <= NF; i++) print $i }' | sort -u | paste -sd' '; }
            echo "users=$(all Uid)"
            echo "groups=$(all 'Gid|Groups')"
            echo "capabilities=$(all 'CapInh|CapPrm|CapEff|CapBnd|CapAmb')"
            echo "no-new-privileges=$(all NoNewPrivs)"
            echo "root=$({ : >/written-by-a-test; } 2>&1 | sed 's/.*: //')"
            writable=$(cut -d' ' -f5 /proc/self/mountinfo | sort -u | while read -r place; do
              file=${place%/}/.written-by-a-test
              if [[ -d $place ]] && { : >"$file"; } 2>/dev/null; then rm "$file"; echo "$place"; fi
            done | paste -sd' ')
            echo "writable=$writable"
            total=0 gaining=0
            while read -r program; do
              total=$((total + 1))
              LD_SHOW_AUXV=1 timeout 1 "$program" --version </dev/null 2>&1 | grep -q 'AT_SECURE: *0$' || gaining=$((gaining + 1))
            done < <(find / -xdev -perm /6000 -type f 2>/dev/null)
            echo "set-uid=$total"
            echo "gaining=$gaining"
            echo "init=$(tr '\\0' ' ' </proc/1/cmdline | cut -d' ' -f1)"
            # Its parent gone, an orphan is the first process's to bury.
            orphan=$(sleep 0.2 >/dev/null & echo $!)
            for ((i = 0; i < 50; i++)); do [[ -e /proc/$orphan ]] || break; sleep 0.1; done
            echo "orphan=$([[ -e /proc/$orphan ]] && echo "still there" || echo buried)"
            echo "pids=$(cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null | head -n 1)"
            """;

    @Test
    @Promise(value = "SEC-1", part = "postgres")
    void postgresIsConfined(ComposeStack stack, Evidence evidence) {
        provesConfinement(stack, Service.POSTGRES, evidence);
    }

    @Test
    @Promise(value = "SEC-1", part = "strapi")
    void strapiIsConfined(ComposeStack stack, Evidence evidence) {
        provesConfinement(stack, Service.STRAPI, evidence);
    }

    @Test
    @Promise(value = "SEC-1", part = "express")
    void expressIsConfined(ComposeStack stack, Evidence evidence) {
        provesConfinement(stack, Service.EXPRESS, evidence);
    }

    @Test
    @Promise(value = "SEC-1", part = "frontend")
    void frontendIsConfined(ComposeStack stack, Evidence evidence) {
        provesConfinement(stack, Service.FRONTEND, evidence);
    }

    @Test
    @Promise(value = "SEC-1", part = "standin")
    void standinIsConfined(ComposeStack stack, Evidence evidence) {
        provesConfinement(stack, Service.STANDIN, evidence);
    }

    private static void provesConfinement(ComposeStack stack, String service, Evidence evidence) {
        DocumentedConfinement documented = DocumentedConfinement.of(stack.project(), service);
        Map<String, String> seen = stack.exec(service, "bash", "-c", LOOK)
                .orThrow()
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        InspectContainerResponse engines = stack.inspect(service);
        List<List<String>> rows = new ArrayList<>();
        String number = documented.user().split(":", 2)[0];
        row(rows, "users of all processes, saved and effective", number, seen.get("users"));
        row(rows, "groups of all processes", number, seen.get("groups"));
        row(rows, "capabilities in any set of any process", documented.capabilities(), "0000000000000000".equals(seen.get("capabilities"))
                ? "none"
                : seen.get("capabilities"));
        row(rows, "no-new-privileges of all processes", "1", seen.get("no-new-privileges"));
        row(rows, "set-uid programs that gain anything", "0", seen.get("gaining"));
        row(rows, "a write to the root file system", "Read-only file system", seen.get("root"));
        row(rows, "folders that take a write", String.join(" ", documented.writable()), seen.get("writable"));
        row(rows, "process 1", "/sbin/docker-init", seen.get("init"));
        row(rows, "an orphan that has ended", "buried", seen.get("orphan"));
        row(rows, "pids limit, from inside", String.valueOf(engines.getHostConfig().getPidsLimit()), seen.get("pids"));
        row(rows, "stop signal and grace", STOPS.get(service), stack.stopSettings(service));
        List<List<String>> wrong = rows.stream().filter(row -> !row.get(1).equals(row.get(2))).toList();
        evidence.expected("in " + service
                + " what the documentation says of its user, capabilities and writable folders, and the same confinement of every"
                + " process, seen from inside");
        evidence.table("Confinement of " + service, List.of("aspect", "expected", "observed"), rows);
        evidence.observed("%d aspects; not as expected: %s".formatted(rows.size(), wrong));
        evidence.figure("set-uid programs in the image", Objects.requireNonNull(seen.get("set-uid")), "");

        assertThat(wrong).isEmpty();
    }

    private static void row(List<List<String>> rows, String aspect, @Nullable String expected, @Nullable String observed) {
        rows.add(List.of(aspect, String.valueOf(expected), String.valueOf(observed)));
    }

    @Test
    @Promise(value = "SEC-1", part = "pids limit in force")
    void noContainerCanHaveMoreProcessesThanItsLimit(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "in another container of each service, processes are made until the kernel refuses one: it does, at the pids limit");

        Map<String, CommandResult> tried = new TreeMap<>();
        try (ExecutorService places = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<CommandResult>> running = new TreeMap<>();
            CONTAINERS.forEach(service -> running.put(service, CompletableFuture.supplyAsync(() -> stack.runBeside(service, "timeout", "4",
                    "bash", "-c",
                    "while :; do sleep 60 & echo $((++n)); done"), places)));
            running.forEach((service, result) -> tried.put(service, result.join()));
        }
        List<List<String>> rows = new ArrayList<>();
        tried.forEach((service, result) -> {
            long limit = Objects.requireNonNull(stack.inspect(service).getHostConfig().getPidsLimit(), "a pids limit");
            long made = result.out().lines().mapToLong(line -> Long.parseLong(line.strip())).max().orElse(0);
            boolean atLimit = made < limit && made > limit - 8 && result.err().contains("Resource temporarily unavailable");
            rows.add(List.of(service, String.valueOf(limit), String.valueOf(made), "refused at the limit", atLimit
                    ? "refused at the limit"
                    : result
                            .lastLines(1)));
        });
        evidence.table("Processes made until refused", List.of("container", "limit", "made", "expected", "observed"), rows);
        evidence.observed(rows.toString());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(4)).as(row.getFirst()).isEqualTo(row.get(3)));
    }

    @Test
    @Promise(value = "SEC-1", part = "stop grace in force")
    void whatDoesNotStopIsGivenItsGraceAndThenKilled(ComposeStack stack, Evidence evidence) {
        Sample<String> sample = Sample.of(CONTAINERS, 1);
        evidence.expected(
                "a process of the service's container that ignores the request to stop lives on for the grace, and is killed after it, of "
                        + sample.describe() + " containers: " + sample.chosen());

        Map<String, Duration> lived = new TreeMap<>();
        try (ExecutorService stops = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<Duration>> running = new TreeMap<>();
            sample.chosen().forEach(service -> running.put(service, CompletableFuture.supplyAsync(() -> livedOn(stack, service), stops)));
            running.forEach((service, duration) -> lived.put(service, duration.join()));
        }
        evidence.observed("lived on for " + lived);
        lived.forEach((service, duration) -> evidence.figure(service + " lived on", duration.toMillis() / 1000.0, "s"));

        assertThat(lived).allSatisfy((service, duration) -> assertThat(duration).as(service)
                .isBetween(grace(service), grace(service).plus(KILLED_AFTER_GRACE)));
    }

    private static Duration livedOn(ComposeStack stack, String service) {
        String container = stack.startBeside(service, "bash", "-c", "trap '' TERM INT; echo deaf; while :; do sleep 1; done");
        try {
            await().atMost(DEAF_WITHIN).until(() -> stack.logOfBeside(container).contains("deaf"));
            Instant asked = Instant.now();
            stack.stopByEngine(container);
            EngineEvent died = stack.events().await(service, EngineEvent.DIE, asked, grace(service).plus(KILLED_AFTER_GRACE));
            return Duration.between(asked, died.at());
        } finally {
            stack.removeBeside(container);
        }
    }

    private static Duration grace(String service) {
        return Duration.ofSeconds(Long.parseLong(Objects.requireNonNull(STOPS.get(service)).replaceAll("\\D", "")));
    }
}

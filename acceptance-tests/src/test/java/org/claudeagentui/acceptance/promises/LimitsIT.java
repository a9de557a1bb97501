package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.HostConfig;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class LimitsIT {
    private static final long MIB = 1L << 20;

    /** The seed's table for one service; the pids limit only has to be there. */
    private record Limits(double cpus, long memory, long memoryReserved) {}

    private static final Map<String, Limits> SEED = Map.of(Service.POSTGRES, new Limits(2, 1024 * MIB, 256 * MIB), Service.STRAPI,
            new Limits(2, 1024 * MIB, 512 * MIB), Service.EXPRESS, new Limits(2, 1024 * MIB, 512 * MIB), Service.FRONTEND,
            new Limits(1, 256 * MIB, 64 * MIB));

    private static final Map<String, Double> CPUS_RESERVED = Map.of(Service.POSTGRES, 0.5, Service.STRAPI, 0.5, Service.EXPRESS, 0.5,
            Service.FRONTEND, 0.25);

    @Test
    @Promise(value = "LIM-1", part = "engine's view")
    void theEngineHoldsTheSeedsLimits(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the seed's CPU and memory limits and memory reservations, and a pids limit, in the engine's view of each container: "
                        + SEED);

        Map<String, Limits> seen = new LinkedHashMap<>();
        Map<String, Long> pids = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            HostConfig host = stack.inspect(service).getHostConfig();
            seen.put(service, new Limits(Objects.requireNonNull(host.getNanoCPUs()) / 1e9, Objects
                    .requireNonNull(host.getMemory()),
                    Objects.requireNonNull(host.getMemoryReservation())));
            pids.put(service, Objects.requireNonNull(host.getPidsLimit(), "a pids limit"));
        }
        evidence.observed(seen + ", pids " + pids);

        assertThat(seen).isEqualTo(SEED);
        assertThat(pids.values()).allMatch(limit -> limit > 0 && limit <= 1024);
    }

    @Test
    @Promise(value = "LIM-1", part = "cgroup's view")
    void theCgroupHoldsTheSeedsLimits(ComposeStack stack, Evidence evidence) {
        evidence.expected("the same limits in the files of each container's own cgroup, read from inside");

        Map<String, Limits> seen = new LinkedHashMap<>();
        Map<String, Long> pids = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            boolean unified = stack.exec(service, "test", "-e", "/sys/fs/cgroup/cgroup.controllers").succeeded();
            evidence.figure("cgroup version", unified ? 2 : 1, "");
            seen.put(service, unified ? unified(stack, service) : split(stack, service));
            pids.put(service, Long.parseLong(file(stack, service, unified ? "pids.max" : "pids/pids.max")));
        }
        evidence.observed(seen + ", pids " + pids);

        assertThat(seen).isEqualTo(SEED);
        assertThat(pids.values()).allMatch(limit -> limit > 0 && limit <= 1024);
    }

    private static Limits unified(ComposeStack stack, String service) {
        String[] cpu = file(stack, service, "cpu.max").split(" ", 2);
        return new Limits(Double.parseDouble(cpu[0]) / Double.parseDouble(cpu[1]), Long.parseLong(file(stack,
                service, "memory.max")),
                Long.parseLong(file(stack, service, "memory.low")));
    }

    private static Limits split(ComposeStack stack, String service) {
        double quota = Double.parseDouble(file(stack, service, "cpu/cpu.cfs_quota_us"));
        double period = Double.parseDouble(file(stack, service, "cpu/cpu.cfs_period_us"));
        return new Limits(quota / period, Long.parseLong(file(stack, service,
                "memory/memory.limit_in_bytes")),
                Long.parseLong(file(stack, service, "memory/memory.soft_limit_in_bytes")));
    }

    private static String file(ComposeStack stack, String service, String name) {
        return stack.exec(service, "cat", "/sys/fs/cgroup/" + name).orThrow();
    }

    @Test
    @Promise(value = "LIM-1", part = "CPU reservations declared")
    void cpuReservationsAreDeclared(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected("the seed's CPU reservations in Compose's view of the topology; an engine outside Swarm does not enforce them");

        JsonNode services = new ObjectMapper().readTree(stack.compose("config", "--format", "json").orThrow().out()).at("/services");
        Map<String, Double> seen = new LinkedHashMap<>();
        Service.ALL.forEach(service -> seen.put(service, services.at("/" + service + "/deploy/resources/reservations/cpus").asDouble()));
        List<Long> shares = Service.ALL.stream()
                .map(service -> Objects.requireNonNullElse(stack.inspect(service).getHostConfig().getCpuShares(), 0).longValue())
                .toList();
        evidence.observed("declared " + seen + "; enforced by this engine: no (CPU shares " + shares + ")");

        assertThat(seen).isEqualTo(CPUS_RESERVED);
    }
}

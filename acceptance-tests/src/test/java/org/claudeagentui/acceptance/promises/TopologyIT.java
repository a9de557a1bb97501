package org.claudeagentui.acceptance.promises;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ExposedPort;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Boot;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Engine;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Shell;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@AcceptanceTest
class TopologyIT {
    private static final List<Integer> DEBUG_PORTS = List.of(9229, 9230, 5173, 24678);

    @Test
    @Promise(value = "TOP-1", part = "four services")
    @Promise(value = "TOP-1", part = "container names")
    void runsTheFourServicesUnderTheirNames(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "postgres, strapi, express, frontend, and in demo mode the stand-in, each running and healthy under <STACK_NAME>-<service>");

        Map<String, String> seen = new TreeMap<>();
        for (Container container : stack.engine().containers("com.docker.compose.project", stack.name())) {
            seen.put(container.getNames()[0].substring(1), container.getStatus());
        }
        evidence.observed(seen.toString());

        Set<String> names = new TreeSet<>(Service.ALL.stream().map(stack::containerName).toList());
        names.add(stack.containerName(Service.STANDIN));
        assertThat(seen.keySet()).isEqualTo(names);
        assertThat(seen.values()).allMatch(status -> status.contains("(healthy)"));
    }

    @Test
    @Promise(value = "TOP-1", part = "one description")
    void runsExactlyWhatTheOneFileDescribes(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "docker-compose.yml alone describes the four services; the running containers are what the files describe, by Compose's own hash");

        Path alone = stack.directory().resolve("env-alone");
        stack.env().with("COMPOSE_FILE", "docker-compose.yml").write(alone);
        List<String> described = stack.composeWith(alone, "config", "--services").orThrow().out().lines().sorted().toList();
        Map<String, String> hashes = new LinkedHashMap<>();
        stack.compose("config", "--hash", "*")
                .orThrow()
                .out()
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(line -> hashes.put(line[0], line[1]));
        Map<String, String> running = new LinkedHashMap<>();
        Service.ALL.forEach(service -> running.put(service, label(stack, service, "com.docker.compose.config-hash")));
        evidence.observed("described: " + described + "; hashes of the running containers: " + running);

        assertThat(described).containsExactlyInAnyOrderElementsOf(Service.ALL);
        assertThat(hashes).containsAllEntriesOf(running);
    }

    private static String label(ComposeStack stack, String service, String label) {
        return Objects.requireNonNull(stack.inspect(service).getConfig().getLabels()).getOrDefault(label, "none");
    }

    @Test
    @Promise(value = "TOP-2", part = "restart policy")
    void restartsUnlessStopped(ComposeStack stack, Evidence evidence) {
        evidence.expected("the engine's policy for each service is unless-stopped");

        Map<String, String> policies = new LinkedHashMap<>();
        Service.ALL.forEach(service -> policies.put(service, stack.inspect(service).getHostConfig().getRestartPolicy().getName()));
        evidence.observed(policies.toString());

        assertThat(policies.values()).containsOnly("unless-stopped");
    }

    @Test
    @Promise(value = "TOP-3", part = "database, encoding, locale")
    @Promise(value = "TOP-3", part = "PGDATA")
    @Promise(value = "TOP-3", part = "tuning")
    void theDatabaseIsAsTheSeedHasIt(ComposeStack stack, Evidence evidence) {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("server_encoding", "UTF8");
        wanted.put("data_directory", "/var/lib/postgresql/data/pgdata");
        wanted.put("shared_buffers", "256MB");
        wanted.put("effective_cache_size", "1GB");
        wanted.put("maintenance_work_mem", "64MB");
        wanted.put("checkpoint_completion_target", "0.9");
        wanted.put("wal_buffers", "16MB");
        wanted.put("default_statistics_target", "100");
        wanted.put("random_page_cost", "1.1");
        wanted.put("effective_io_concurrency", "200");
        wanted.put("work_mem", "4MB");
        wanted.put("min_wal_size", "1GB");
        wanted.put("max_wal_size", "4GB");
        evidence.expected("database claude_agent_ui, UTF8, en_US.UTF-8; SHOW says " + wanted);

        List<String> database = stack.query(
                "SELECT datname, pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = current_database()");
        Map<String, String> seen = new LinkedHashMap<>();
        wanted.keySet().forEach(name -> seen.put(name, stack.query("SHOW " + name).getFirst()));
        evidence.observed(database + "; " + seen);

        assertThat(database).containsExactly("claude_agent_ui|UTF8|en_US.UTF-8|en_US.UTF-8");
        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    @Promise(value = "TOP-5", part = "Helidon MP on port 3001")
    void theServiceIsHelidonOnPort3001(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the container's main process is a Java machine; Helidon MP says so in its log; port 3001 answers MicroProfile Health");

        String command = stack.engine().processes(stack.containerName(Service.EXPRESS)).mainCommand();
        boolean helidon = stack.exec(Service.EXPRESS, "bash", "-c",
                "shopt -s globstar nullglob; f=(/app/**/helidon-microprofile-server*.jar); echo ${f[0]:-none}")
                .orThrow()
                .endsWith(".jar");
        Answer health = Http.get("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/health");
        evidence.observed("main process: %.120s; Helidon MP beside it: %s; /health: ".formatted(command, helidon) + health.body());

        assertThat(command.split(" ", 2)[0]).endsWith("/java");
        assertThat(helidon).isTrue();
        assertThat(health.json().at("/status").asText()).isEqualTo("UP");
        assertThat(health.json().at("/checks").isArray()).isTrue();
        assertThat(stack.shell(Service.FRONTEND).connect("express", 3001)).isEqualTo(Shell.Reach.CONNECTED);
    }

    @Test
    @Promise(value = "TOP-8", part = "builds")
    @Promise(value = "TOP-8", part = "boots")
    void needsNoRegistry(ComposeStack stack, Evidence evidence) {
        assumeTrue(stack.env().require("DEBIAN_IMAGE").startsWith("claude-"),
                "a container registry is in reach here: the base image came from it");
        evidence.expected(
                "every image of the stack stands on the base made here, none has ever been at a registry, and the engine pulled nothing during the boot");

        Engine engine = stack.engine();
        Boot boot = stack.boots().getFirst();
        List<String> pulls = stack.events().pulls(boot.asked(), boot.asked().plus(boot.healthyAfter()));
        List<String> base = layers(engine.image(stack.env().require("DEBIAN_IMAGE")));
        List<String> foreign = new ArrayList<>();
        List<String> services = new ArrayList<>(Service.ALL);
        services.add(Service.STANDIN);
        for (String service : services) {
            InspectImageResponse image = engine.image(Objects.requireNonNull(stack.inspect(service).getImageId()));
            boolean onBase = layers(image).subList(0, base.size()).equals(base);
            boolean seenAtRegistry = image.getRepoDigests() != null && !image.getRepoDigests().isEmpty();
            evidence.figure("layers of " + service, layers(image).size(), "");
            if (!onBase || seenAtRegistry) {
                foreign.add(service + (onBase ? "" : " is not on the base") + (seenAtRegistry
                        ? " has digests " + image.getRepoDigests()
                        : ""));
            }
        }
        evidence.observed("base " + stack.env().require("DEBIAN_IMAGE") + " with " + base.size()
                + " layers; not on it or seen at a registry: " + foreign
                + "; pulls during the boot: " + pulls);

        assertThat(engine.image(stack.env().require("DEBIAN_IMAGE")).getRepoDigests()).isNullOrEmpty();
        assertThat(foreign).isEmpty();
        assertThat(pulls).isEmpty();
    }

    private static List<String> layers(InspectImageResponse image) {
        return List.copyOf(Objects.requireNonNull(Objects.requireNonNull(image.getRootFS()).getLayers()));
    }

    @Test
    @Promise(value = "DEV-2", part = "not in production")
    void opensNoPortOfTheDevelopmentOverlay(ComposeStack stack, Evidence evidence) {
        evidence.expected("without the overlay no service publishes one of %s, and nothing listens on them inside".formatted(
                DEBUG_PORTS));

        Map<String, String> seen = new TreeMap<>();
        Shell shell = stack.shell(Service.FRONTEND);
        for (String service : List.of(Service.STRAPI, Service.EXPRESS, Service.FRONTEND)) {
            List<Integer> published = Arrays.stream(Objects.requireNonNull(stack.inspect(service)
                    .getHostConfig()
                    .getPortBindings())
                    .getBindings()
                    .keySet()
                    .toArray(ExposedPort[]::new)).map(ExposedPort::getPort).filter(DEBUG_PORTS::contains).toList();
            List<Integer> listening = DEBUG_PORTS.stream()
                    .filter(port -> shell.connect(service, port) != Shell.Reach.REFUSED)
                    .toList();
            seen.put(service, "published %s, listening %s".formatted(published, listening));
        }
        boolean control = shell.connect(Service.STRAPI, 1337) == Shell.Reach.CONNECTED;
        evidence.observed(seen + "; strapi's 1337 is reached from the same place: " + control);

        assertThat(control).isTrue();
        assertThat(seen.values()).containsOnly("published [], listening []");
    }
}

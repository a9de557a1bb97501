package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Probe;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Shell;
import org.claudeagentui.acceptance.stack.Shell.Reach;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class NetworkIT {
    private static final String BACKEND = "backend";
    private static final String FRONTEND = "frontend";

    @Test
    @Promise("NET-1")
    void twoBridgesWithExactlyTheirMembers(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "bridge networks <STACK_NAME>-backend {postgres, strapi, express} and <STACK_NAME>-frontend {frontend, strapi, express}; beside them only the"
                        + " stand-in's own, with express");

        Map<String, Set<String>> members = new TreeMap<>();
        List<String> drivers = new ArrayList<>();
        for (String name : stack.engine().networks(stack.name() + "-")) {
            var network = stack.engine().network(name);
            drivers.add(network.getDriver());
            Set<String> names = new TreeSet<>();
            network.getContainers().values().forEach(container -> names.add(container.getName().replace(stack.name() + "-", "")));
            members.put(name.replace(stack.name() + "-", ""), names);
        }
        evidence.observed(members + ", drivers " + drivers);

        assertThat(members).isEqualTo(Map.of(BACKEND, Set.of(Service.POSTGRES, Service.STRAPI, Service.EXPRESS), FRONTEND,
                Set.of(Service.FRONTEND, Service.STRAPI, Service.EXPRESS), "model", Set.of(Service.EXPRESS, Service.STANDIN)));
        assertThat(drivers).containsOnly("bridge");
    }

    @Test
    @Promise(value = "NET-2", part = "frontend: DNS")
    @Promise(value = "NET-2", part = "frontend: real address")
    @Promise(value = "NET-2", part = "frontend: gateway's published port")
    void theFrontendContainerCannotReachTheDatabase(ComposeStack stack, Evidence evidence) {
        provesIsolation(stack, stack.shell(Service.FRONTEND), evidence);
    }

    @Test
    @Promise(value = "NET-2", part = "stranger: DNS")
    @Promise(value = "NET-2", part = "stranger: real address")
    @Promise(value = "NET-2", part = "stranger: gateway's published port")
    void aStrangerOnTheFrontendNetworkCannotReachTheDatabase(ComposeStack stack, Evidence evidence) {
        try (Probe stranger = stack.networks().probe(FRONTEND)) {
            provesIsolation(stack, stranger, evidence);
        }
    }

    // Each refusal stands beside a control that succeeds, so that a dead database cannot pass for an isolated one.
    private static void provesIsolation(ComposeStack stack, Shell from, Evidence evidence) {
        evidence.expected(
                "no name of the database resolves; no connection to its real address, nor to its published port at any bridge's gateway; controls: strapi"
                        + " resolves and is reached from the same place, the database from the backend network and from the host");

        Map<String, Optional<String>> names = new LinkedHashMap<>();
        for (String name : List.of(Service.POSTGRES, stack.containerName(Service.POSTGRES))) {
            names.put(name, from.resolve(name));
        }
        String address = stack.networks().address(Service.POSTGRES, BACKEND).orElseThrow();
        Reach real = from.connect(address, 5432);
        Map<String, Reach> gateways = new LinkedHashMap<>();
        for (String gateway : stack.networks().gateways()) {
            gateways.put(gateway, from.connect(gateway, stack.port("POSTGRES_PORT")));
        }
        Optional<String> strapi = from.resolve(Service.STRAPI);
        Reach strapiReached = from.connect(Service.STRAPI, 1337);
        Reach fromBackend;
        try (Probe insider = stack.networks().probe(BACKEND)) {
            fromBackend = insider.connect(address, 5432);
        }
        boolean fromHost = HostPorts.accepts("127.0.0.1", stack.port("POSTGRES_PORT"));
        evidence.observed("DNS %s; %s:5432 %s; gateways %s; controls: strapi %s %s, database from the backend %s, from the host %s"
                .formatted(names, address, real,
                        gateways, strapi, strapiReached, fromBackend, fromHost));

        assertThat(names.values()).containsOnly(Optional.empty());
        assertThat(real).isNotEqualTo(Reach.CONNECTED);
        assertThat(gateways).isNotEmpty();
        assertThat(gateways.values()).doesNotContain(Reach.CONNECTED);
        assertThat(strapi).isPresent();
        assertThat(strapiReached).isEqualTo(Reach.CONNECTED);
        assertThat(fromBackend).isEqualTo(Reach.CONNECTED);
        assertThat(fromHost).isTrue();
    }

    @Test
    @Promise(value = "NET-3", part = "strapi to postgres")
    @Promise(value = "NET-3", part = "express to strapi")
    @Promise(value = "NET-3", part = "express to postgres")
    @Promise(value = "NET-3", part = "frontend to strapi")
    @Promise(value = "NET-3", part = "frontend to express")
    void whatMustTalkCan(ComposeStack stack, Evidence evidence) {
        evidence.expected("a TCP connection by name for each pair that has to talk");

        Map<String, Reach> seen = new LinkedHashMap<>();
        seen.put("strapi to postgres", stack.shell(Service.STRAPI).connect("postgres", 5432));
        seen.put("express to strapi", stack.shell(Service.EXPRESS).connect("strapi", 1337));
        seen.put("express to postgres", stack.shell(Service.EXPRESS).connect("postgres", 5432));
        seen.put("frontend to strapi", stack.shell(Service.FRONTEND).connect("strapi", 1337));
        seen.put("frontend to express", stack.shell(Service.FRONTEND).connect("express", 3001));
        evidence.observed(seen.toString());

        assertThat(seen.values()).containsOnly(Reach.CONNECTED);
    }

    @Test
    @Promise(value = "NET-4", part = "ports")
    void publishesExactlyTheSeedsPorts(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "postgres 5432, strapi 1337, express 3001, frontend 80 and 443 are published, nothing else; by default on the host's 5433, 1337, 3001, 80, 443");

        Map<String, Set<Integer>> published = new TreeMap<>();
        for (String service : Service.ALL) {
            Set<Integer> ports = new TreeSet<>();
            bindings(stack, service).forEach((port, bound) -> ports.add(port.getPort()));
            published.put(service, ports);
        }
        Map<String, Set<String>> defaults = defaultPorts(stack);
        evidence.observed("published " + published + "; defaults " + defaults);

        assertThat(published).isEqualTo(Map.of(Service.POSTGRES, Set.of(5432), Service.STRAPI, Set.of(1337), Service.EXPRESS, Set.of(3001),
                Service.FRONTEND, Set.of(80, 443)));
        assertThat(defaults).isEqualTo(Map.of(Service.POSTGRES, Set.of("127.0.0.1:5433"), Service.STRAPI, Set.of("127.0.0.1:1337"),
                Service.EXPRESS,
                Set.of("127.0.0.1:3001"), Service.FRONTEND, Set.of("127.0.0.1:80", "127.0.0.1:443")));
    }

    private static Map<String, Set<String>> defaultPorts(ComposeStack stack) throws IOException {
        Path plain = stack.directory().resolve("env-default-ports");
        stack.env()
                .without("POSTGRES_PORT")
                .without("STRAPI_PORT")
                .without("EXPRESS_PORT")
                .without("FRONTEND_HTTP_PORT")
                .without("FRONTEND_HTTPS_PORT")
                .with("COMPOSE_FILE", "docker-compose.yml")
                .write(plain);
        JsonNode services = new ObjectMapper().readTree(stack.composeWith(plain, "config", "--format", "json").orThrow().out())
                .at("/services");
        Map<String, Set<String>> ports = new TreeMap<>();
        services.properties().forEach(service -> {
            Set<String> bound = new TreeSet<>();
            service.getValue().at("/ports").forEach(port -> bound.add(port.at("/host_ip").asText() + ":" + port.at("/published").asText()));
            ports.put(service.getKey(), bound);
        });
        return ports;
    }

    @Test
    @Promise(value = "NET-4", part = "loopback")
    void listensOnLoopbackAlone(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected("each published port is bound to 127.0.0.1 and takes connections there, and at no other address of this host");

        Map<String, List<String>> addresses = new TreeMap<>();
        List<String> reached = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        List<String> others = HostPorts.otherAddresses();
        for (String service : Service.ALL) {
            bindings(stack, service).forEach((port, bound) -> {
                int hostPort = Integer.parseInt(bound.getHostPortSpec());
                addresses.computeIfAbsent(service, name -> new ArrayList<>()).add(bound.getHostIp() + ":" + hostPort);
                if (!HostPorts.accepts("127.0.0.1", hostPort)) {
                    silent.add(service + " " + hostPort);
                }
                others.stream()
                        .filter(address -> HostPorts.accepts(address, hostPort))
                        .forEach(address -> reached.add(service + " at " + address + ":" + hostPort));
            });
        }
        evidence.observed("bound " + addresses + "; silent on loopback " + silent + "; reached at other addresses " + reached + " of "
                + others);

        assertThat(addresses.values()).allSatisfy(bound -> assertThat(bound).allMatch(address -> address.startsWith("127.0.0.1:")));
        assertThat(silent).isEmpty();
        assertThat(others).isNotEmpty();
        assertThat(reached).isEmpty();
    }

    @Test
    @Promise(value = "NET-4", part = "the operator's choice")
    void bindsWhereTheOperatorSays(ComposeStack shared, Stacks stacks, Evidence evidence) throws IOException {
        evidence.expected(
                "with BIND_ADDRESS=127.0.0.2 the database listens there and no longer on 127.0.0.1; an address outside loopback is warned of by ./stack;"
                        + " FRONTEND_BIND_ADDRESS moves the frontend alone");

        ComposeStack stack = stacks.create().with("BIND_ADDRESS", "127.0.0.2").prepare();
        stack.up(Service.POSTGRES);
        int port = stack.port("POSTGRES_PORT");
        boolean moved = HostPorts.accepts("127.0.0.2", port);
        boolean left = HostPorts.accepts("127.0.0.1", port);
        Path exposed = shared.directory().resolve("env-exposed");
        // A second, impossible value has ./stack stop after its checks, before it would expose anything.
        shared.env().with("BIND_ADDRESS", "0.0.0.0").with("LOG_FORMAT", "nonsense").write(exposed);
        CommandResult warned = shared.stackWith(exposed, "up");
        Path front = shared.directory().resolve("env-front");
        shared.env().with("FRONTEND_BIND_ADDRESS", "127.0.0.3").write(front);
        JsonNode services = new ObjectMapper().readTree(shared.composeWith(front, "config", "--format", "json").orThrow().out())
                .at("/services");
        evidence.observed("127.0.0.2 %s, 127.0.0.1 %s; exit code %d: %s; frontend %s, strapi %s".formatted(moved, left, warned.exitCode(),
                warned.err().lines().filter(line -> line.contains("BIND_ADDRESS")).toList(),
                services.at("/frontend/ports/0/host_ip"), services.at("/strapi/ports/0/host_ip")));

        assertThat(moved).isTrue();
        assertThat(left).isFalse();
        assertThat(warned.err()).contains("warning: BIND_ADDRESS=0.0.0.0");
        assertThat(services.at("/frontend/ports/0/host_ip").asText()).isEqualTo("127.0.0.3");
        assertThat(services.at("/strapi/ports/0/host_ip").asText()).isEqualTo("127.0.0.1");
    }

    static Map<ExposedPort, Ports.Binding> bindings(ComposeStack stack, String service) {
        Map<ExposedPort, Ports.Binding> published = new LinkedHashMap<>();
        Objects.requireNonNull(stack.inspect(service).getNetworkSettings().getPorts()).getBindings().forEach((port, bound) -> {
            if (bound != null) {
                for (Ports.Binding binding : bound) {
                    published.put(port, binding);
                }
            }
        });
        return published;
    }
}

package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Ports;
import org.claudeagentui.acceptance.report.Moment;
import org.claudeagentui.acceptance.report.ServiceState;
import org.claudeagentui.acceptance.report.Startup;
import org.claudeagentui.acceptance.report.Topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the report shows of a stack, all of it as the engine tells it. */
final class StackPictures {
    private static final int LOG_LINES = 200;
    private static final String DEPENDS_ON = "com.docker.compose.depends_on";
    private static final Map<String, Moment> MOMENTS = Map.of("create", Moment.CREATED, EngineEvent.START, Moment.STARTED,
            EngineEvent.HEALTHY, Moment.HEALTHY, EngineEvent.UNHEALTHY, Moment.UNHEALTHY, EngineEvent.DIE, Moment.DIED);

    private final ComposeStack stack;
    private final List<InspectContainerResponse> containers;

    private StackPictures(ComposeStack stack) {
        this.stack = stack;
        this.containers = stack.engine()
                .containers("com.docker.compose.project", stack.name())
                .stream()
                .flatMap(container -> stack.engine().find(container.getId()).stream())
                .sorted(Comparator.comparing(InspectContainerResponse::getName))
                .toList();
    }

    static StackPictures of(ComposeStack stack) {
        return new StackPictures(stack);
    }

    Startup startup(String title, Instant asked, List<EngineEvent> events) {
        List<String> names = events.stream().map(EngineEvent::service).distinct().toList();
        return new Startup(title, names.stream()
                .map(service -> startOf(service, asked, events))
                .sorted(Comparator.comparingLong(StackPictures::startedAt))
                .toList());
    }

    private Startup.Service startOf(String service, Instant asked, List<EngineEvent> events) {
        List<Startup.Mark> marks = new ArrayList<>();
        events.stream()
                .filter(event -> event.service().equals(service))
                .forEach(event -> Optional.ofNullable(MOMENTS.get(event.action()))
                        .ifPresent(moment -> marks.add(new Startup.Mark(moment, millis(asked, event.at())))));
        long healthy = marks.stream()
                .filter(mark -> mark.moment() == Moment.HEALTHY)
                .mapToLong(Startup.Mark::atMillis)
                .findFirst()
                .orElse(Long.MAX_VALUE);
        List<Startup.Probe> probes = stack.events()
                .probes(service, asked)
                .stream()
                .map(probe -> new Startup.Probe(millis(asked, probe.began()), millis(asked, probe.ended()), probe.passed()))
                .filter(probe -> probe.fromMillis() < healthy)
                .toList();
        return new Startup.Service(service, needs(service), marks, probes);
    }

    private static long startedAt(Startup.Service service) {
        return service.marks()
                .stream()
                .filter(mark -> mark.moment() == Moment.STARTED)
                .mapToLong(Startup.Mark::atMillis)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    // Compose writes what it waits for on the container: "postgres:service_healthy:false,strapi:service_healthy:false".
    private List<String> needs(String service) {
        return containers.stream()
                .filter(container -> service(container).equals(service))
                .map(container -> label(container, DEPENDS_ON))
                .flatMap(needs -> Arrays.stream(needs.split(",", -1)))
                .filter(need -> !need.isEmpty())
                .map(need -> need.split(":", -1)[0])
                .sorted()
                .toList();
    }

    Topology topology() {
        List<Topology.Network> networks = new ArrayList<>();
        for (String name : stack.engine().networks(stack.name() + "-")) {
            Network network = stack.engine().network(name);
            networks.add(new Topology.Network(ownName(name), network.getDriver() + (Boolean.TRUE.equals(network.getInternal())
                    ? ", internal"
                    : ""), network.getIpam().getConfig().stream().map(Network.Ipam.Config::getSubnet).collect(Collectors.joining(", "))));
        }
        return new Topology(networks, containers.stream().map(this::container).toList());
    }

    private Topology.Container container(InspectContainerResponse container) {
        Map<String, String> addresses = new TreeMap<>();
        container.getNetworkSettings()
                .getNetworks()
                .forEach((name, at) -> addresses.put(ownName(name), String.valueOf(at.getIpAddress())));
        List<String> mounts = Optional.ofNullable(container.getMounts())
                .orElse(List.of())
                .stream()
                .map(mount -> mount.getDestination() + (Boolean.TRUE.equals(mount.getRW()) ? "" : " (read-only)"))
                .sorted()
                .toList();
        return new Topology.Container(service(container), String.valueOf(container.getConfig().getImage()), container.getImageId(), state(
                container), addresses, ports(container), mounts);
    }

    private static List<String> ports(InspectContainerResponse container) {
        List<String> published = new ArrayList<>();
        Optional.ofNullable(container.getNetworkSettings().getPorts()).map(Ports::getBindings).orElse(Map.of()).forEach((port, bound) -> {
            for (Ports.Binding binding : Optional.ofNullable(bound).orElse(new Ports.Binding[0])) {
                published.add("%s:%s → %d".formatted(binding.getHostIp(), binding.getHostPortSpec(), port.getPort()));
            }
        });
        return published.stream().sorted().toList();
    }

    /** Every service with its last health checks and log lines, those that are not healthy first. */
    List<ServiceState> states() {
        return containers.stream()
                .map(container -> new ServiceState(stack.name(), service(container), state(container), health(container), stack.engine()
                        .logs(container.getId(), LOG_LINES)))
                .sorted(Comparator.comparing(state -> state.state().equals("running, healthy")))
                .toList();
    }

    private static String state(InspectContainerResponse container) {
        ContainerState state = container.getState();
        String exit = Boolean.TRUE.equals(state.getRunning()) ? "" : ", exit code " + state.getExitCodeLong();
        String killed = Boolean.TRUE.equals(state.getOOMKilled()) ? ", out of memory" : "";
        String health = Optional.ofNullable(state.getHealth()).map(seen -> ", " + seen.getStatus()).orElse("");
        return state.getStatus() + exit + killed + health;
    }

    private static String health(InspectContainerResponse container) {
        return Optional.ofNullable(container.getState().getHealth())
                .flatMap(health -> Optional.ofNullable(health.getLog()))
                .orElse(List.of())
                .stream()
                .map(StackPictures::check)
                .collect(Collectors.joining("\n"));
    }

    private static String check(HealthStateLog check) {
        return Stream.of(check.getStart(), "exit code " + check.getExitCodeLong(), String.valueOf(check.getOutput()).strip())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("  "));
    }

    private String ownName(String name) {
        return name.startsWith(stack.name() + "-") ? name.substring(stack.name().length() + 1) : name;
    }

    private static String service(InspectContainerResponse container) {
        return label(container, "com.docker.compose.service");
    }

    private static String label(InspectContainerResponse container, String name) {
        return Optional.ofNullable(container.getConfig().getLabels()).map(labels -> labels.getOrDefault(name, "")).orElse("");
    }
}

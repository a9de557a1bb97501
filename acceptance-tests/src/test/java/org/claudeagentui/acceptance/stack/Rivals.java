package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import org.testcontainers.lifecycle.Startable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Servers beside a stack's service, on its backend network and within the same limits, and a generator of load without any. */
public final class Rivals implements Startable {
    private static final Duration DEADLINE = Duration.ofMinutes(3);

    private final Project project;
    private final Engine engine;
    private final TestSession session;
    private final ComposeStack stack;
    private final Deque<String> started = new ArrayDeque<>();
    private final String load;

    Rivals(Project project, Engine engine, TestSession session, ComposeStack stack) {
        this.project = project;
        this.engine = engine;
        this.session = session;
        this.stack = stack;
        this.load = stack.name() + "-load";
    }

    /**
     * A server that was started.
     *
     * @param container its container's name
     * @param address its address on the network
     */
    public record Server(String container, String address) {}

    @Override
    public void start() {
        HelperImage.build(project, image(), "rivals", Map.of("BASE_IMAGE", "claude-base:" + Project.imageTag()));
        run(load, HostConfig.newHostConfig(), List.of(), List.of("sleep", "infinity"));
    }

    /** Starts a command as a server, with folders of this machine. */
    public Server server(String name, List<String> binds, List<String> environment, List<String> command) {
        HostConfig service = Objects.requireNonNull(stack.inspect(Service.EXPRESS).getHostConfig(), "limits");
        HostConfig host = HostConfig.newHostConfig()
                .withNanoCPUs(service.getNanoCPUs())
                .withMemory(service.getMemory())
                .withPidsLimit(service.getPidsLimit())
                .withLogConfig(service.getLogConfig())
                .withBinds(binds.stream().map(Bind::parse).toList());
        String container = stack.name() + "-" + name;
        run(container, host, environment, command);
        return new Server(container, address(container));
    }

    private void run(String container, HostConfig host, List<String> environment, List<String> command) {
        String id = engine.docker()
                .createContainerCmd(image())
                .withHostConfig(host.withNetworkMode(stack.name() + "-backend").withInit(true))
                .withEnv(environment)
                .withCmd(command)
                .withLabels(session.labels())
                .withName(container)
                .exec()
                .getId();
        started.push(container);
        engine.docker().startContainerCmd(id).exec();
    }

    private String address(String container) {
        return Objects.requireNonNull(Objects.requireNonNull(engine.inspect(container)
                .getNetworkSettings()
                .getNetworks()
                .get(stack.name()
                        + "-backend"), "its network").getIpAddress(), "an address");
    }

    /** When a container was started, by the engine's clock. */
    public Instant startedAt(String container) {
        return Instant.parse(Objects.requireNonNull(engine.inspect(container).getState().getStartedAt(), "its start"));
    }

    /** Runs wrk with these arguments; what it printed. */
    public String wrk(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "exec", load, "wrk"));
        command.addAll(arguments);
        return CommandLine.run(project.root(), Map.of(), DEADLINE, command).orThrow().out();
    }

    @Override
    public void stop() {
        started.forEach(engine::removeContainer);
    }

    private static String image() {
        return "claude-rivals:" + Project.imageTag();
    }
}

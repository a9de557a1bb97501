package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.command.InspectContainerResponse;
import org.claudeagentui.acceptance.report.EnvironmentFailure;
import org.testcontainers.lifecycle.Startable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The project's own topology, booted by Compose from the project's own files under a name of its own: own env file, data
 * folder, loopback ports and image tag, in an environment that holds nothing of the caller's. Every operation has a
 * deadline. Not for use by several threads at once.
 */
public final class ComposeStack implements Startable {
    private static final Duration PREPARE_DEADLINE = Duration.ofMinutes(25);
    private static final Duration UP_DEADLINE = Duration.ofSeconds(200);
    private static final Duration DOWN_DEADLINE = Duration.ofSeconds(90);
    private static final Duration COMMAND_DEADLINE = Duration.ofSeconds(60);
    private static final Duration EXEC_DEADLINE = Duration.ofSeconds(30);

    private final Project project;
    private final Engine engine;
    private final String name;
    private final Path directory;
    private final EngineEvents events;
    private final List<Boot> boots = new ArrayList<>();
    private final List<Path> overlays = new ArrayList<>();
    private EnvFile env;
    private Path root;

    private ComposeStack(Project project, Engine engine, TestSession session) {
        this.project = project;
        this.engine = engine;
        this.name = TestSession.newStackName();
        this.directory = project.work().resolve(name);
        this.env = StackSettings.of(project, name, directory, session);
        this.root = project.root();
        this.events = EngineEvents.of(engine.docker(), name);
        List.of("FRONTEND_HTTP_PORT", "EXPRESS_PORT", "FRONTEND_DEV_PORT")
                .forEach(port -> Keys.register("127.0.0.1:" + port(port), this::env));
    }

    static ComposeStack create(Project project, Engine engine, TestSession session) {
        ComposeStack stack = new ComposeStack(project, engine, session);
        stack.folders().claim(stack.name, session);
        return stack;
    }

    /** Presets a variable of the env file; before {@link #prepare(String...)}. */
    public ComposeStack with(String variable, String value) {
        env = env.with(variable, value);
        return this;
    }

    /** Has the stack live from a copy of the checkout, for a test that edits its sources; before {@link #prepare(String...)}. */
    public ComposeStack onACopy() {
        root = directory.resolve("checkout");
        project.copyTo(root);
        return this;
    }

    /** The folder whose files make up the stack: the checkout, or the stack's own copy of it. */
    public Path root() {
        return root;
    }

    /** Adds a Compose file that changes the topology for a test, written from this text. */
    public ComposeStack overlay(String label, String yaml) {
        return overlayFile(write(label + ".yml", yaml));
    }

    /** Adds a Compose file of the project's. */
    public ComposeStack overlayFile(Path file) {
        overlays.add(file);
        rewriteEnv(current -> current.with("COMPOSE_FILE", current.require("COMPOSE_FILE") + ":" + file));
        return this;
    }

    /** Takes the overlays away again. */
    public ComposeStack withoutOverlays() {
        for (Path file : overlays) {
            rewriteEnv(current -> current.with("COMPOSE_FILE", current.require("COMPOSE_FILE").replace(":" + file, "")));
        }
        overlays.clear();
        return this;
    }

    private void rewriteEnv(UnaryOperator<EnvFile> change) {
        env = change.apply(env);
        if (Files.exists(envFile())) {
            env.write(envFile());
        }
    }

    /** Changes a variable of the env file for whatever is started next. */
    public ComposeStack set(String variable, String value) {
        rewriteEnv(current -> current.with(variable, value));
        return this;
    }

    /** Has {@code ./stack prepare} complete the env file and make folders and images. */
    public ComposeStack prepare(String... options) {
        env.write(envFile());
        CommandResult result = stack(PREPARE_DEADLINE, Stream.concat(Stream.of("prepare"), Stream.of(options)).toArray(String[]::new));
        env.hideSecrets();
        if (!result.succeeded()) {
            throw new EnvironmentFailure("./stack prepare ended with %d: %s".formatted(result.exitCode(), new CommandFailedException(result)
                    .getMessage()));
        }
        return this;
    }

    /** Prepares and brings up the whole stack. */
    @Override
    public void start() {
        prepare();
        up();
    }

    /** Removes containers, networks, volumes and the data folder, whatever became of the compose files. */
    @Override
    public void stop() {
        try (events) {
            engine.removeStack(name);
            removeDirectory();
        }
    }

    /** Starts the stack, or only some services and what they need, and waits until all of them are healthy. */
    public Boot up(String... services) {
        return boot(() -> tryUp(services));
    }

    /** Starts the stack as {@link #up} does, by {@code ./stack up}. */
    public Boot upByStack() {
        return boot(() -> stack("up"));
    }

    private Boot boot(Supplier<CommandResult> command) {
        try (FrontDoorWatch watch = FrontDoorWatch.begin(frontDoor())) {
            Instant asked = Instant.now();
            command.get().orThrow();
            Boot boot = Boot.of(asked, events.since(asked), watch.end());
            boots.add(boot);
            return boot;
        }
    }

    /** Starts as {@link #up} does, but leaves it to the caller to judge the end. */
    public CommandResult tryUp(String... services) {
        List<String> command = new ArrayList<>(List.of("up", "--detach", "--wait", "--no-build", "--pull", "never"));
        command.addAll(List.of(services));
        return compose(UP_DEADLINE, command.toArray(String[]::new));
    }

    /** Removes containers and networks; volumes and data stay. */
    public void down() {
        compose(DOWN_DEADLINE, "down").orThrow();
    }

    /** Re-creates one service alone, as its files describe it by now, and waits until it is healthy. */
    public void recreate(String service) {
        compose(UP_DEADLINE, "up", "--detach", "--wait", "--no-build", "--pull", "never", "--no-deps", "--force-recreate", service)
                .orThrow();
    }

    /** Runs a command in another container of a service, made as its own is but without ports, and removes it; safe for several threads. */
    public CommandResult runBeside(String service, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--rm", "--no-deps", "-T", "--entrypoint", command, service));
        all.addAll(List.of(arguments));
        return compose(all.toArray(String[]::new));
    }

    /** Starts a command in such a container and gives the container's id; it goes with the stack. */
    public String startBeside(String service, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--detach", "--no-deps", "--entrypoint", command, service));
        all.addAll(List.of(arguments));
        return compose(all.toArray(String[]::new)).orThrow().out().strip();
    }

    /** Removes a service's container, as an operator would by hand. */
    public void remove(String service) {
        engine.removeContainer(containerName(service));
    }

    /** Deletes one of the stack's volumes, as an operator would by hand. */
    public void removeVolume(String volume) {
        engine.removeVolume(engine.volume(name + "-" + volume));
    }

    /** Runs a Compose command on this stack's files. */
    public CommandResult compose(String... arguments) {
        return compose(COMMAND_DEADLINE, arguments);
    }

    private CommandResult compose(Duration deadline, String... arguments) {
        return composeWith(envFile(), env, deadline, arguments);
    }

    /** Runs a Compose command with another env file. */
    public CommandResult composeWith(Path otherEnvFile, String... arguments) {
        return composeWith(otherEnvFile, EnvFile.read(otherEnvFile), COMMAND_DEADLINE, arguments);
    }

    private CommandResult composeWith(Path file, EnvFile values, Duration deadline, String... arguments) {
        if (!TestSession.mayTouch(values.require("STACK_NAME"))) {
            throw new IllegalStateException("The stack " + values.require("STACK_NAME") + " is not the suite's to touch");
        }
        List<String> command = new ArrayList<>(List.of("docker", "compose", "--project-directory", root.toString(), "--env-file", file
                .toString()));
        for (String composeFile : values.require("COMPOSE_FILE").split(":", -1)) {
            command.add("-f");
            command.add(root.resolve(composeFile).toString());
        }
        command.addAll(List.of(arguments));
        return CommandLine.run(root, Map.of(), deadline, command);
    }

    /** Runs {@code ./stack} on this stack. */
    public CommandResult stack(String... arguments) {
        return stack(UP_DEADLINE, arguments);
    }

    /** Runs {@code ./stack} on this stack, with a program that it runs as each phase of a backup's or a restore's begins. */
    public CommandResult stackWithHook(String variable, String program, String... arguments) {
        CommandResult result = stackWith(root, envFile(), Map.of(variable, program), UP_DEADLINE, arguments);
        env = EnvFile.read(envFile());
        return result;
    }

    private CommandResult stack(Duration deadline, String... arguments) {
        CommandResult result = stackWith(root, envFile(), Map.of(), deadline, arguments);
        if (Files.exists(envFile())) {
            env = EnvFile.read(envFile());
        }
        return result;
    }

    /** Runs {@code ./stack} with another env file. */
    public CommandResult stackWith(Path otherEnvFile, String... arguments) {
        return stackWith(root, otherEnvFile, Map.of(), UP_DEADLINE, arguments);
    }

    /** Has {@code ./stack} of another checkout work on this stack. */
    public CommandResult stackFrom(Path checkout, String... arguments) {
        env.write(envFile());
        CommandResult result = stackWith(checkout, envFile(), Map.of(), UP_DEADLINE, arguments);
        env = EnvFile.read(envFile());
        env.hideSecrets();
        return result;
    }

    /** Runs {@code ./stack} of another checkout. */
    public CommandResult stackIn(Path checkout, String... arguments) {
        return CommandLine.run(checkout, Map.of(), COMMAND_DEADLINE, Stream.concat(Stream.of("./stack"), Stream.of(arguments)).toList());
    }

    private static CommandResult stackWith(Path root, Path envFile, Map<String, String> environment, Duration deadline,
            String... arguments) {
        List<String> command = new ArrayList<>(List.of(root.resolve("stack").toString(), "--env-file", envFile.toString()));
        command.addAll(List.of(arguments));
        return CommandLine.run(root, environment, deadline, command);
    }

    /** The stack's name, of which all its containers', networks' and volumes' names are made. */
    public String name() {
        return name;
    }

    /** The stack's folder for whatever a test needs on disk; removed with the stack. */
    public Path directory() {
        return directory;
    }

    /** Where the env file lies. */
    public Path envFile() {
        return directory.resolve("env");
    }

    /** The env file as {@code ./stack} completed it. */
    public EnvFile env() {
        return env;
    }

    /** What the engine did with this stack's containers since it was created here. */
    public EngineEvents events() {
        return events;
    }

    /** The starts so far; the first one is the cold one. */
    public List<Boot> boots() {
        return List.copyOf(boots);
    }

    /** The engine. */
    public Engine engine() {
        return engine;
    }

    /** The checkout under test. */
    public Project project() {
        return project;
    }

    /** The container of a service. */
    public String containerName(String service) {
        return name + "-" + service;
    }

    /** The engine's view of a service's container. */
    public InspectContainerResponse inspect(String service) {
        return engine.inspect(containerName(service));
    }

    /** Whether a service's container is there and healthy right now. */
    public boolean isHealthy(String service) {
        return engine.find(containerName(service))
                .map(InspectContainerResponse::getState)
                .filter(state -> Boolean.TRUE.equals(state.getRunning()) && state.getHealth() != null)
                .map(state -> "healthy".equals(state.getHealth().getStatus()))
                .orElse(false);
    }

    /** The stack's networks, and who is on them. */
    public StackNetworks networks() {
        return new StackNetworks(engine, name);
    }

    /** A shell in a service's container. */
    public Shell shell(String service) {
        return engine.shell(containerName(service));
    }

    /** Runs a command in a service's container. */
    public ExecResult exec(String service, String... command) {
        return shell(service).run(EXEC_DEADLINE, List.of(command));
    }

    /** Runs a command in a service's container as another user, without more capabilities than the container has. */
    public ExecResult execAs(String user, String service, String... command) {
        return engine.exec(containerName(service), user, EXEC_DEADLINE, List.of(command));
    }

    /** Asks the database, as its superuser, and gives the answer's lines with columns separated by {@code |}. */
    public List<String> query(String sql) {
        String answer = exec(Service.POSTGRES, "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", env.get("POSTGRES_USER").orElse("postgres"),
                "-d",
                env.get("POSTGRES_DB").orElse("claude_agent_ui"), "-c", sql).orThrow();
        return answer.isEmpty() ? List.of() : answer.lines().toList();
    }

    /** Opens a session with the database, as its superuser, through its port on this machine. */
    public Connection database() {
        Properties settings = new Properties();
        settings.setProperty("user", env.get("POSTGRES_USER").orElse("postgres"));
        settings.setProperty("password", env.require("POSTGRES_PASSWORD"));
        settings.setProperty("loginTimeout", String.valueOf(EXEC_DEADLINE.toSeconds()));
        settings.setProperty("socketTimeout", String.valueOf(UP_DEADLINE.toSeconds()));
        String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port("POSTGRES_PORT"), env.get("POSTGRES_DB").orElse("claude_agent_ui"));
        try {
            return DriverManager.getConnection(url, settings);
        } catch (SQLException e) {
            throw new IllegalStateException("The database of " + name + " takes no session", e);
        }
    }

    /** Sends a signal to a service's main process behind the engine's back, as a crash would come. */
    public void signalHostPid(String service, String signal) {
        engine.helpers().signal(List.of(engine.processes(containerName(service)).main()), signal);
    }

    /** Sends a signal to all of a service's processes but its init, behind the engine's back. */
    public void signalAllHostPids(String service, String signal) {
        engine.helpers().signal(engine.processes(containerName(service)).all(), signal);
    }

    /** Freezes a service's processes until they are {@linkplain #unpause let go on}. */
    public void pause(String service) {
        engine.pause(containerName(service));
    }

    /** Lets a frozen service's processes go on. */
    public void unpause(String service) {
        engine.unpause(containerName(service));
    }

    /** How the engine stops a service's container: signal and grace, such as {@code SIGTERM, 20 s}. */
    public String stopSettings(String service) {
        String format = "{{or .Config.StopSignal \"SIGTERM\"}}, {{.Config.StopTimeout}} s";
        return CommandLine.run(project.root(), Map.of(), COMMAND_DEADLINE, List.of("docker", "inspect", "--format", format, containerName(
                service)))
                .orThrow()
                .out()
                .strip();
    }

    /** Removes a container of {@link #startBeside}. */
    public void removeBeside(String container) {
        engine.removeContainer(container);
    }

    /** Has the engine stop a container of {@link #startBeside}, with the signal and the grace that it was made with. */
    public void stopByEngine(String container) {
        CommandLine.run(project.root(), Map.of(), COMMAND_DEADLINE, List.of("docker", "stop", container)).orThrow();
    }

    /** What a container of {@link #startBeside} has printed so far. */
    public String logOfBeside(String container) {
        return CommandLine.run(project.root(), Map.of(), COMMAND_DEADLINE, List.of("docker", "logs", container)).orThrow().text();
    }

    /** The last line of a service's log as the engine keeps it, its labels before it. */
    public String logDetails(String service) {
        return CommandLine.run(project.root(), Map.of(), COMMAND_DEADLINE, List.of("docker", "logs", "--details", "--tail", "1",
                containerName(service))).orThrow().text();
    }

    /** The loopback port that a variable of the env file names. */
    public int port(String variable) {
        return Integer.parseInt(env.require(variable));
    }

    /** The address of the service's container, where it listens on port 3001, for what must not pass the engine's proxy of published ports. */
    public String serviceAddress() {
        String address = networks().attachments(Service.EXPRESS).getFirst().address();
        Keys.use(this, address + ":3001");
        return address;
    }

    /** The web UI's origin, as a browser on this machine would use it. */
    public String frontDoor() {
        return "http://127.0.0.1:" + port("FRONTEND_HTTP_PORT");
    }

    /** Writes a file into the stack's folder, readable by the containers' users. */
    public Path write(String fileName, String text) {
        Path file = directory.resolve(fileName);
        try {
            Files.createDirectories(directory);
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    // Containers wrote there as their own users, so it takes the engine to remove it.
    private void removeDirectory() {
        if (Files.exists(directory)) {
            engine.helpers().runBeside(List.of(project.work() + ":/work"), List.of("rm", "-rf", "/work/" + name)).orThrow();
        }
        folders().forget(name);
    }

    private StackFolders folders() {
        return new StackFolders(project.work());
    }
}

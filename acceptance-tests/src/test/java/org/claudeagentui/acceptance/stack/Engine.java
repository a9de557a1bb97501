package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.ExecCreateCmdResponse;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.api.model.StreamType;
import org.claudeagentui.acceptance.report.EnvironmentFailure;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The container engine, through Testcontainers' client. Changes only what carries a test session's label. */
public final class Engine {
    private static final String BASE_IMAGE = "claude-base:" + Project.imageTag();
    private static final Duration HELPER_DEADLINE = Duration.ofSeconds(60);

    private final DockerClient docker;
    private final TestSession session;

    private Engine(DockerClient docker, TestSession session) {
        this.docker = docker;
        this.session = session;
    }

    static Engine connect(TestSession session) {
        try {
            DockerClient docker = DockerClientFactory.instance().client();
            docker.pingCmd().exec();
            return new Engine(docker, session);
        } catch (RuntimeException e) {
            throw new EnvironmentFailure("The container engine does not answer: " + e.getMessage() + ". Next: ./stack prepare", e);
        }
    }

    DockerClient docker() {
        return docker;
    }

    /** What the engine says of itself. */
    public Info info() {
        return docker.infoCmd().exec();
    }

    /** The engine's view of a container, by name or id. */
    public InspectContainerResponse inspect(String container) {
        return docker.inspectContainerCmd(container).exec();
    }

    /** The engine's view of an image. */
    public InspectImageResponse image(String reference) {
        return docker.inspectImageCmd(reference).exec();
    }

    /** An image as the engine would hand it to another: its configuration and all its layers, uncompressed. */
    public InputStream imageArchive(String reference) {
        return docker.saveImageCmd(reference).exec();
    }

    /** The engine's view of a network, by name. */
    public Network network(String name) {
        return docker.inspectNetworkCmd().withNetworkId(name).exec();
    }

    /** The engine's view of a volume, by name. */
    public InspectVolumeResponse volume(String name) {
        return docker.inspectVolumeCmd(name).exec();
    }

    /** Names of all volumes that begin with a prefix. */
    public List<String> volumes(String prefix) {
        return docker.listVolumesCmd()
                .exec()
                .getVolumes()
                .stream()
                .map(InspectVolumeResponse::getName)
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Names of all networks that begin with a prefix. */
    public List<String> networks(String prefix) {
        return docker.listNetworksCmd().exec().stream().map(Network::getName).filter(name -> name.startsWith(prefix)).sorted().toList();
    }

    /** All containers, running or not, that carry a label. */
    public List<Container> containers(String label, String value) {
        return docker.listContainersCmd().withShowAll(true).withLabelFilter(Map.of(label, value)).exec();
    }

    /** Names of all containers, running or not, that begin with a prefix. */
    public List<String> containerNames(String prefix) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .exec()
                .stream()
                .flatMap(container -> Arrays.stream(container.getNames()))
                .map(name -> name.substring(1))
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Gives a shell in a running container, as the container's own user. */
    public Shell shell(String container) {
        return (deadline, command) -> exec(container, "", deadline, command);
    }

    ExecResult exec(String container, String user, Duration deadline, List<String> command) {
        ExecCreateCmdResponse exec = docker.execCreateCmd(container)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withUser(user)
                .withCmd(command.toArray(String[]::new))
                .exec();
        Output output = new Output();
        docker.execStartCmd(exec.getId()).exec(output);
        if (!output.awaitEnd(deadline)) {
            throw new DeadlineMissedException(String.join(" ", command) + " in " + container, deadline, output.out());
        }
        long exitCode = Objects.requireNonNull(docker.inspectExecCmd(exec.getId()).exec().getExitCodeLong(),
                "an ended command has an exit code");
        return new ExecResult(exitCode, output.out(), output.err());
    }

    /** Starts a container on one network that waits to be asked, without privileges; closing it removes it. */
    public Probe probe(String network) {
        HostConfig host = HostConfig.newHostConfig().withNetworkMode(network).withCapDrop(Capability.ALL).withInit(true);
        String id = create(host, List.of("sleep", "infinity"), "");
        try {
            docker.startContainerCmd(id).exec();
        } catch (RuntimeException e) {
            removeContainer(id);
            throw e;
        }
        return new Probe(this, id, network);
    }

    /** Sends a signal to processes of the engine's host, as a crash would come: the engine itself does not know why. */
    void signal(List<Long> hostPids, String signal) {
        HostConfig host = HostConfig.newHostConfig().withPidMode("host").withNetworkMode("none");
        List<String> command = new ArrayList<>(List.of("bash", "-c", "kill -\"$0\" \"$@\"", signal));
        hostPids.forEach(pid -> command.add(String.valueOf(pid)));
        runHelper(host, command).orThrow();
    }

    /** Runs a command as root beside bound folders or volumes of the engine's host, without network. */
    public ExecResult runBeside(List<String> binds, List<String> command) {
        HostConfig host = HostConfig.newHostConfig().withNetworkMode("none").withBinds(binds.stream().map(Bind::parse).toList());
        return runHelper(host, command);
    }

    /**
     * Runs a script as the administrator of a container's network, with the host's own programs (an engine with bridges has
     * iptables beside it) and no other privilege.
     */
    ExecResult runInNetworkOf(String container, String script, List<String> arguments) {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode("container:" + container)
                .withCapAdd(Capability.NET_ADMIN)
                .withBinds(Bind.parse("/:/host:ro"));
        List<String> command = new ArrayList<>(List.of("chroot", "/host", "bash", "-c", script));
        command.addAll(arguments);
        return runHelper(host, command);
    }

    private ExecResult runHelper(HostConfig host, List<String> command) {
        String id = create(host, command, "0:0");
        try {
            docker.startContainerCmd(id).exec();
            int exitCode = docker.waitContainerCmd(id).start().awaitStatusCode(HELPER_DEADLINE.toSeconds(), TimeUnit.SECONDS);
            Output output = new Output();
            docker.logContainerCmd(id).withStdOut(true).withStdErr(true).withTailAll().exec(output);
            if (!output.awaitEnd(HELPER_DEADLINE)) {
                throw new DeadlineMissedException("output of " + command, HELPER_DEADLINE, output.out());
            }
            return new ExecResult(exitCode, output.out(), output.err());
        } finally {
            removeContainer(id);
        }
    }

    private String create(HostConfig host, List<String> command, String user) {
        try {
            return docker.createContainerCmd(BASE_IMAGE)
                    .withHostConfig(host)
                    .withCmd(command)
                    .withUser(user)
                    .withLabels(session.labels())
                    .withName(TestSession.newStackName() + "-probe")
                    .exec()
                    .getId();
        } catch (NotFoundException e) {
            throw new EnvironmentFailure("The image " + BASE_IMAGE + " is not there: " + e.getMessage() + ". Next: mvn verify", e);
        }
    }

    /** The main process of a container, below its init, by its id on the engine's host. */
    long mainProcess(String container) {
        return mainProcess(container, "PID").map(Long::parseLong).orElseGet(() -> init(container));
    }

    /** The command line of a container's main process, below its init. */
    public String mainCommand(String container) {
        return mainProcess(container, "CMD").orElse("");
    }

    /** All processes below a container's init, by their ids on the engine's host; what was run in it beside them is not among them. */
    List<Long> processes(String container) {
        List<Map<String, String>> all = top(container);
        List<Long> found = new ArrayList<>();
        Deque<String> parents = new ArrayDeque<>(List.of(String.valueOf(init(container))));
        while (!parents.isEmpty()) {
            String parent = parents.pop();
            all.stream()
                    .filter(process -> parent.equals(process.get("PPID")))
                    .map(process -> String.valueOf(process.get("PID")))
                    .forEach(pid -> {
                        found.add(Long.parseLong(pid));
                        parents.push(pid);
                    });
        }
        return found;
    }

    private List<Map<String, String>> top(String container) {
        var top = docker.topContainerCmd(container).exec();
        List<Map<String, String>> processes = new ArrayList<>();
        for (String[] columns : top.getProcesses()) {
            Map<String, String> process = new HashMap<>();
            for (int i = 0; i < columns.length; i++) {
                process.put(top.getTitles()[i], columns[i]);
            }
            processes.add(process);
        }
        return processes;
    }

    private Optional<String> mainProcess(String container, String column) {
        String init = String.valueOf(init(container));
        return top(container).stream()
                .filter(process -> init.equals(process.get("PPID")))
                .map(process -> String.valueOf(process.get(column)))
                .findFirst();
    }

    private long init(String container) {
        return Objects.requireNonNull(inspect(container).getState().getPidLong(), "a running container has a process");
    }

    void pause(String container) {
        docker.pauseContainerCmd(owned(container)).exec();
    }

    void unpause(String container) {
        docker.unpauseContainerCmd(owned(container)).exec();
    }

    /** The networks that a container is on. */
    List<Attachment> attachments(String container) {
        InspectContainerResponse seen = inspect(container);
        return seen.getNetworkSettings()
                .getNetworks()
                .entrySet()
                .stream()
                .map(at -> Attachment.of(at.getKey(), at.getValue(), seen.getId()))
                .toList();
    }

    void disconnect(String container, Attachment from) {
        docker.disconnectFromNetworkCmd().withContainerId(owned(container)).withNetworkId(from.network()).exec();
    }

    void connect(String container, Attachment to) {
        docker.connectToNetworkCmd()
                .withContainerId(owned(container))
                .withNetworkId(to.network())
                .withContainerNetwork(new ContainerNetwork().withAliases(to.aliases()))
                .exec();
    }

    private String owned(String container) {
        InspectContainerResponse seen = inspect(container);
        guard(seen.getConfig().getLabels(), "container " + container);
        return seen.getId();
    }

    void removeContainer(String id) {
        try {
            guard(docker.inspectContainerCmd(id).exec().getConfig().getLabels(), "container " + id);
            docker.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
        } catch (NotFoundException e) {
            // Gone already: what was wanted.
            return;
        }
    }

    /** Removes a stack's containers, networks and volumes. */
    void removeStack(String stack) {
        containers("com.docker.compose.project", stack).forEach(container -> removeContainer(container.getId()));
        networks(stack + "-").forEach(name -> removeNetwork(network(name)));
        volumes(stack + "-").forEach(name -> removeVolume(volume(name)));
    }

    /** Takes every name that begins with a prefix away from its image; an image that is left without a name goes, unless a container has it. */
    void removeImageNames(String prefix) {
        imageNames(prefix).forEach(name -> docker.removeImageCmd(name).withForce(true).exec());
    }

    /** The names of all images that begin with a prefix. */
    public List<String> imageNames(String prefix) {
        return docker.listImagesCmd()
                .exec()
                .stream()
                .flatMap(image -> Optional.ofNullable(image.getRepoTags()).stream().flatMap(Arrays::stream))
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    void removeNetwork(Network network) {
        guard(network.getLabels(), "network " + network.getName());
        docker.removeNetworkCmd(network.getId()).exec();
    }

    void removeVolume(InspectVolumeResponse volume) {
        guard(volume.getLabels(), "volume " + volume.getName());
        docker.removeVolumeCmd(volume.getName()).exec();
    }

    private static void guard(@Nullable Map<String, String> labels, String what) {
        if (!TestSession.owns(labels)) {
            throw new IllegalStateException("The " + what + " carries no " + TestSession.SESSION_LABEL
                    + " label: it is not the suite's to touch");
        }
    }

    /** Gives a container another memory limit from now on; true, since it fails otherwise. */
    boolean limitMemory(String container, MemoryLimit limit) {
        docker.updateContainerCmd(owned(container))
                .withMemory(limit.memory())
                .withMemorySwap(limit.withSwap())
                .withMemoryReservation(limit.reserved())
                .exec();
        return true;
    }

    /** What a running container has used so far. */
    public ResourceUsage usage(String container) {
        CompletableFuture<Statistics> sample = new CompletableFuture<>();
        docker.statsCmd(container).withNoStream(true).exec(new ResultCallback.Adapter<Statistics>() {
            @Override
            public void onNext(Statistics statistics) {
                sample.complete(statistics);
            }

            @Override
            public void onError(Throwable failure) {
                sample.completeExceptionally(failure);
            }
        });
        return ResourceUsage.of(sample.orTimeout(HELPER_DEADLINE.toSeconds(), TimeUnit.SECONDS).join());
    }

    /** The engine's and Compose's log of a container, its last lines. */
    public String logs(String container, int lines) {
        Output output = new Output();
        docker.logContainerCmd(container).withStdOut(true).withStdErr(true).withTail(lines).exec(output);
        output.awaitEnd(HELPER_DEADLINE);
        return (output.out() + output.err()).strip();
    }

    Optional<InspectContainerResponse> find(String container) {
        try {
            return Optional.of(inspect(container));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static final class Output extends ResultCallback.Adapter<Frame> {
        private final List<byte[]> out = new ArrayList<>();
        private final List<byte[]> err = new ArrayList<>();

        @Override
        public synchronized void onNext(Frame frame) {
            // The client reads the next piece into the same array.
            (frame.getStreamType() == StreamType.STDERR ? err : out).add(frame.getPayload().clone());
        }

        boolean awaitEnd(Duration deadline) {
            try {
                return awaitCompletion(deadline.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while a command's output was read", e);
            }
        }

        synchronized String out() {
            return text(out);
        }

        synchronized String err() {
            return text(err);
        }

        private static String text(List<byte[]> pieces) {
            int length = pieces.stream().mapToInt(piece -> piece.length).sum();
            byte[] all = new byte[length];
            int at = 0;
            for (byte[] piece : pieces) {
                System.arraycopy(piece, 0, all, at, piece.length);
                at += piece.length;
            }
            return new String(all, StandardCharsets.UTF_8);
        }
    }
}

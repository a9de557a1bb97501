package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.ExecCreateCmdResponse;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.Statistics;
import org.claudeagentui.acceptance.report.EnvironmentFailure;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The container engine, through Testcontainers' client. Changes only what carries a test session's label. */
public final class Engine {
    private static final Duration READ_DEADLINE = Duration.ofSeconds(60);

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

    /** Containers of our own beside those of the stack. */
    public HelperContainers helpers() {
        return new HelperContainers(this, session);
    }

    /** A container's processes. */
    public ContainerProcesses processes(String container) {
        return new ContainerProcesses(this, container);
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
        FrameOutput output = new FrameOutput();
        docker.execStartCmd(exec.getId()).exec(output);
        if (!output.awaitEnd(deadline)) {
            throw new DeadlineMissedException(String.join(" ", command) + " in " + container, deadline, output.out());
        }
        long exitCode = Objects.requireNonNull(docker.inspectExecCmd(exec.getId()).exec().getExitCodeLong(),
                "an ended command has an exit code");
        return new ExecResult(exitCode, output.out(), output.err());
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
        return ResourceUsage.of(sample.orTimeout(READ_DEADLINE.toSeconds(), TimeUnit.SECONDS).join());
    }

    /** The engine's and Compose's log of a container, its last lines. */
    public String logs(String container, int lines) {
        FrameOutput output = new FrameOutput();
        docker.logContainerCmd(container).withStdOut(true).withStdErr(true).withTail(lines).exec(output);
        output.awaitEnd(READ_DEADLINE);
        return (output.out() + output.err()).strip();
    }

    Optional<InspectContainerResponse> find(String container) {
        try {
            return Optional.of(inspect(container));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}

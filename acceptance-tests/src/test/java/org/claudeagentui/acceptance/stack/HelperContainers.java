package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import org.claudeagentui.acceptance.report.EnvironmentFailure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Containers of the base image that do one thing for a test, where the stack's own can't or shouldn't, and are gone again. */
public final class HelperContainers {
    private static final String BASE_IMAGE = "claude-base:" + Project.imageTag();
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Engine engine;
    private final TestSession session;

    HelperContainers(Engine engine, TestSession session) {
        this.engine = engine;
        this.session = session;
    }

    /** Starts a container on one network that waits to be asked, without privileges; closing it removes it. */
    public Probe probe(String network) {
        HostConfig host = HostConfig.newHostConfig().withNetworkMode(network).withCapDrop(Capability.ALL).withInit(true);
        String id = create(BASE_IMAGE, host, List.of("sleep", "infinity"), "");
        try {
            engine.docker().startContainerCmd(id).exec();
        } catch (RuntimeException e) {
            engine.removeContainer(id);
            throw e;
        }
        return new Probe(engine, id, network);
    }

    /** Sends a signal to processes of the engine's host, as a crash would come: the engine itself does not know why. */
    void signal(List<Long> hostPids, String signal) {
        HostConfig host = HostConfig.newHostConfig().withPidMode("host").withNetworkMode("none");
        List<String> command = new ArrayList<>(List.of("bash", "-c", "kill -\"$0\" \"$@\"", signal));
        hostPids.forEach(pid -> command.add(String.valueOf(pid)));
        run(host, command).orThrow();
    }

    /** Runs a command as root beside bound folders or volumes of the engine's host, without network. */
    public ExecResult runBeside(List<String> binds, List<String> command) {
        return runIn(BASE_IMAGE, binds, command, DEADLINE);
    }

    /** Does the same in another image, such as {@code claude-frontend-dev:acceptance}, and lets it take its time. */
    public ExecResult runIn(String image, List<String> binds, List<String> command, Duration deadline) {
        HostConfig host = HostConfig.newHostConfig().withNetworkMode("none").withBinds(binds.stream().map(Bind::parse).toList());
        return run(image, host, command, deadline);
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
        return run(host, command);
    }

    private ExecResult run(HostConfig host, List<String> command) {
        return run(BASE_IMAGE, host, command, DEADLINE);
    }

    private ExecResult run(String image, HostConfig host, List<String> command, Duration deadline) {
        String id = create(image, host, command, "0:0");
        try {
            engine.docker().startContainerCmd(id).exec();
            int exitCode = engine.docker().waitContainerCmd(id).start().awaitStatusCode(deadline.toSeconds(), TimeUnit.SECONDS);
            FrameOutput output = new FrameOutput();
            engine.docker().logContainerCmd(id).withStdOut(true).withStdErr(true).withTailAll().exec(output);
            if (!output.awaitEnd(DEADLINE)) {
                throw new DeadlineMissedException("output of " + command, DEADLINE, output.out());
            }
            return new ExecResult(exitCode, output.out(), output.err());
        } finally {
            engine.removeContainer(id);
        }
    }

    private String create(String image, HostConfig host, List<String> command, String user) {
        try {
            return engine.docker()
                    .createContainerCmd(image)
                    .withHostConfig(host)
                    .withCmd(command)
                    .withUser(user)
                    .withLabels(session.labels())
                    .withName(TestSession.newStackName() + "-probe")
                    .exec()
                    .getId();
        } catch (NotFoundException e) {
            throw new EnvironmentFailure("The image " + image + " is not there: " + e.getMessage() + ". Next: mvn verify", e);
        }
    }
}

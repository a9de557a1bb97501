package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Removes what test sessions left with the engine: this one's, and those whose process no longer lives. */
final class Sweeper {
    private final Engine engine;
    private final TestSession session;
    private final Path work;
    private final StackFolders folders;

    Sweeper(Engine engine, TestSession session, Path work) {
        this.engine = engine;
        this.session = session;
        this.work = work;
        this.folders = new StackFolders(work);
    }

    /** Removes what killed sessions left, and says how many things that were. */
    int sweepLeftOvers() {
        int swept = sweep(labels -> !TestSession.lives(labels.getOrDefault(TestSession.OWNER_LABEL, "")));
        return swept + Registry.sweepImageNames(engine) + sweepFolders();
    }

    /** Removes whatever this session has not removed yet. */
    void sweepOwn() {
        sweep(labels -> session.id().equals(labels.get(TestSession.SESSION_LABEL)));
    }

    private int sweep(Predicate<Map<String, String>> wanted) {
        DockerClient docker = engine.docker();
        Predicate<Map<String, String>> ours = labels -> TestSession.owns(labels) && wanted.test(labels);
        List<Container> containers = docker.listContainersCmd()
                .withShowAll(true)
                .exec()
                .stream()
                .filter(container -> ours.test(container.getLabels()))
                .toList();
        containers.forEach(container -> engine.removeContainer(container.getId()));
        List<Network> networks = docker.listNetworksCmd().exec().stream().filter(network -> ours.test(network.getLabels())).toList();
        networks.forEach(engine::removeNetwork);
        List<InspectVolumeResponse> volumes = docker.listVolumesCmd()
                .exec()
                .getVolumes()
                .stream()
                .filter(volume -> ours.test(volume.getLabels()))
                .toList();
        volumes.forEach(engine::removeVolume);
        return containers.size() + networks.size() + volumes.size();
    }

    // What the engine still knows of is somebody's: of a run from elsewhere, whose process can't be seen from here.
    private int sweepFolders() {
        List<String> swept = folders.abandoned()
                .stream()
                .filter(stack -> engine.containerNames(stack).isEmpty() && engine.volumes(stack).isEmpty())
                .toList();
        for (String stack : swept) {
            engine.helpers().runBeside(List.of(work + ":/work"), List.of("rm", "-rf", "/work/" + stack)).orThrow();
            folders.forget(stack);
        }
        return swept.size();
    }
}

package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import org.awaitility.Awaitility;
import org.testcontainers.lifecycle.Startable;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container registry on a loopback port, which engines take without TLS: Debian's docker-registry, in a container. Whatever is pushed
 * to it is named below {@link #prefix()}; with the registry go its storage and all local names of that kind.
 */
public final class Registry implements Startable {
    private static final Duration PUSH_DEADLINE = Duration.ofMinutes(3);
    private static final Duration START_DEADLINE = Duration.ofSeconds(20);
    private static final ExposedPort PORT = ExposedPort.tcp(5000);
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String SUFFIX = "-registry";
    private static final Pattern NAME_OF_OURS = Pattern.compile("127\\.0\\.0\\.1:\\d+/(" + TestSession.STACK_PREFIX + "[0-9a-f]+)/.+");

    private final Project project;
    private final Engine engine;
    private final TestSession session;
    private final String name = TestSession.newStackName();
    private final int port = Ports.free(1).getFirst();

    Registry(Project project, Engine engine, TestSession session) {
        this.project = project;
        this.engine = engine;
        this.session = session;
    }

    /** Takes away what registries that are gone have left: names of images. Gives their number. */
    static int sweepImageNames(Engine engine) {
        List<String> left = new ArrayList<>();
        for (String image : engine.imageNames("127.0.0.1:")) {
            Matcher matcher = NAME_OF_OURS.matcher(image);
            if (matcher.matches() && engine.find(matcher.group(1) + SUFFIX).isEmpty()) {
                left.add(image);
            }
        }
        left.forEach(engine::removeImageNames);
        return left.size();
    }

    @Override
    public void start() {
        String image = "claude-registry:" + Project.imageTag();
        HelperImage.build(project, image, "registry", Map.of("BASE_IMAGE", "claude-base:" + Project.imageTag()));
        HostConfig host = HostConfig.newHostConfig().withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":5000"));
        String id = engine.docker()
                .createContainerCmd(image)
                .withHostConfig(host)
                .withExposedPorts(PORT)
                .withLabels(session.labels())
                .withName(name + SUFFIX)
                .exec()
                .getId();
        engine.docker().startContainerCmd(id).exec();
        Awaitility.await("the registry's first answer")
                .atMost(START_DEADLINE)
                .until(() -> Http.tryGet(url("/v2/")).map(Answer::succeeded).orElse(false));
    }

    /** Takes all local names of this registry's images away, then the registry. */
    @Override
    public void stop() {
        forget();
        engine.removeContainer(name + SUFFIX);
    }

    /** What every image's name begins with here: the registry's address, and a path of its own, up to a slash. */
    public String prefix() {
        return "127.0.0.1:" + port + "/" + name + "/";
    }

    /** Takes all local names of this registry's images away, as if another machine had made them. */
    public void forget() {
        engine.removeImageNames(prefix());
    }

    /** Takes the local names of one tag away. */
    public void forget(String tag) {
        engine.imageNames(prefix())
                .stream()
                .filter(image -> image.endsWith(":" + tag))
                .forEach(engine::removeImageNames);
    }

    /** Builds the image of a folder beside this suite, pushes it under a name below the prefix, and forgets it here. */
    public String offer(String image, String folder, Map<String, String> arguments) {
        String reference = prefix() + image;
        HelperImage.build(project, reference, folder, arguments);
        docker(PUSH_DEADLINE, List.of("push", "--quiet", reference)).orThrow();
        engine.removeImageNames(reference);
        return reference;
    }

    /** The digest that the registry has for an image, such as {@code claude-express:1a2b3c4}. */
    public Optional<String> digest(String image) {
        String[] parts = image.split(":", 2);
        Answer answer = Http.send(HttpRequest.newBuilder(URI.create(url("/v2/" + name + "/" + parts[0] + "/manifests/" + parts[1])))
                .header("Accept", MANIFEST)
                .GET());
        return answer.succeeded() ? answer.headers().firstValue("Docker-Content-Digest") : Optional.empty();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private CommandResult docker(Duration deadline, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return CommandLine.run(project.root(), Map.of("DOCKER_BUILDKIT", "1"), deadline, command);
    }
}

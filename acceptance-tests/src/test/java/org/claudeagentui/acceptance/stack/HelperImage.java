package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.EnvironmentFailure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Images that are the suite's own: each built from a folder of {@code src/test/docker}. */
final class HelperImage {
    private static final Duration BUILD_DEADLINE = Duration.ofMinutes(5);

    private HelperImage() {
    }

    static void build(Project project, String reference, String folder, Map<String, String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "build", "--quiet", "--tag", reference));
        arguments.forEach((key, value) -> command.addAll(List.of("--build-arg", key + "=" + value)));
        Path context = project.root().resolve("acceptance-tests/src/test/docker").resolve(folder);
        command.add(context.toString());
        CommandResult result = CommandLine.run(project.root(), Map.of("DOCKER_BUILDKIT", "1"), BUILD_DEADLINE, command);
        if (!result.succeeded()) {
            throw new EnvironmentFailure("The image of " + context + " can't be built: " + result.lastLines(5));
        }
    }
}

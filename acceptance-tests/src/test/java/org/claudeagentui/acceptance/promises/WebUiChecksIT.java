package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.ExecResult;
import org.claudeagentui.acceptance.stack.Project;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The web UI's own tests and its linter, with the libraries that its development image has. An image's build leaves them out: who only
 * wants the web UI needn't wait for them.
 */
@AcceptanceTestBeside
class WebUiChecksIT {
    private static final String IMAGE = "claude-frontend-dev:" + Project.imageTag();
    private static final Duration MOST = Duration.ofMinutes(8);
    private static final String CHECKS = """
            set -eu
            mkdir -p /work/docker /work/service/src/main/resources
            cp -r /checkout/frontend /work/docker/
            rm -rf /work/docker/frontend/node_modules /work/docker/frontend/dist
            ln -s /app/node_modules /work/docker/frontend/node_modules
            ln -s /checkout/META-INF /work/service/src/main/resources/META-INF
            cd /work/docker/frontend
            npm run lint
            npm test
            """;

    @Test
    @Promise(value = "TOP-6", part = "the web UI's own tests")
    void theWebUisTestsPass(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "the types made from the OpenAPI document fit, the linter has nothing to say, every unit test of the web UI passes");

        Project project = stacks.project();
        ExecResult checks = stacks.create()
                .engine()
                .helpers()
                .runIn(IMAGE, List.of(project.root().resolve("docker/frontend") + ":/checkout/frontend:ro",
                        project.root().resolve("service/src/main/resources/META-INF") + ":/checkout/META-INF:ro"),
                        List.of("bash", "-c", CHECKS), MOST);
        String passed = checks.out().lines().filter(line -> line.contains("Tests ")).reduce((_, last) -> last).orElse("no tests");
        evidence.observed("exit code %d; %s".formatted(checks.exitCode(), passed.strip()));

        assertThat(checks.exitCode()).as(checks.out() + checks.err()).isZero();
        assertThat(passed).contains("passed");
    }
}

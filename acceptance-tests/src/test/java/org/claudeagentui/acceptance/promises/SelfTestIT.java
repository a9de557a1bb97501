package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class SelfTestIT {
    private static final String AGENTS = "SELECT count(*) FROM agents";

    @Test
    @Promise(value = "NET-3", part = "a run end to end, from inside")
    void theServiceProvesItsStackFromInside(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "booted from docker-compose.yml and docker-compose.test.yml alone, `docker compose exec express self-test` passes every check, a run among"
                        + " them, and leaves no agent; with a wrong token for Strapi it ends with 1 and names that check alone");

        String files = stack.env().require("COMPOSE_FILE");
        List<String> agents = stack.query(AGENTS);
        CommandResult passed = stack.compose("exec", "-T", "-e", "API_TOKEN=" + Keys.authorization(URI.create(stack.frontDoor() + "/api/"))
                .orElseThrow()
                .replace("Bearer ", ""), Service.EXPRESS, "self-test");
        CommandResult failed = stack.compose("exec", "-T", "-e", "STRAPI_API_TOKEN=wrong", "-e", "DEMO_MODE=false", Service.EXPRESS,
                "self-test");
        List<String> refused = failed.out().lines().filter(line -> line.startsWith("FAILED")).toList();
        evidence.observed("%s; exit code %d: %s; agents before %s, after %s; with a wrong token %d: %s".formatted(files, passed.exitCode(),
                passed.text(), agents, stack.query(AGENTS), failed.exitCode(), refused));
        evidence.figure("self-test", passed.took().toMillis() / 1000.0, "s");

        assertThat(files).isEqualTo("docker-compose.yml:docker-compose.test.yml");
        assertThat(passed.exitCode()).isZero();
        assertThat(passed.out()).contains("ok      a run streams text and completes").doesNotContain("FAILED");
        assertThat(stack.query(AGENTS)).isEqualTo(agents);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(refused).containsExactly("FAILED  Strapi takes the token of the service");
    }
}

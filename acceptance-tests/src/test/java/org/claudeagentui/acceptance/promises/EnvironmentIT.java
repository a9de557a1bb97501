package org.claudeagentui.acceptance.promises;

import org.assertj.core.api.SoftAssertions;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EnvFile;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class EnvironmentIT {
    private static final List<String> REQUIRED = List.of("POSTGRES_PASSWORD", "STRAPI_APP_KEYS", "STRAPI_API_TOKEN_SALT",
            "STRAPI_ADMIN_JWT_SECRET",
            "STRAPI_TRANSFER_TOKEN_SALT", "STRAPI_JWT_SECRET", "STRAPI_API_TOKEN", "ANTHROPIC_API_KEY", "EXPRESS_DB_PASSWORD");

    @Test
    @Promise(value = "ENV-1", part = "plain docker compose")
    void composeRefusesEachMissingSecret(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "for each of the nine: `docker compose config` and `docker compose up` end non-zero, name the variable, and create nothing; where it is"
                        + " there and empty, config refuses it too");

        ComposeStack stack = stacks.create().prepare();
        List<String> seen = new ArrayList<>();
        SoftAssertions soft = new SoftAssertions();
        for (String secret : REQUIRED) {
            Path without = stack.directory().resolve("env-without-" + secret);
            stack.env().without(secret).write(without);
            CommandResult config = stack.composeWith(without, "config", "--quiet");
            CommandResult up = stack.composeWith(without, "up", "--detach", "--no-build");
            seen.add("without " + secret + " config " + config.exitCode() + ", up " + up.exitCode() + ": " + up.lastLines(1));
            soft.assertThat(config.exitCode()).as("config without " + secret).isNotZero();
            soft.assertThat(config.err()).as("config without " + secret).contains(secret);
            soft.assertThat(up.exitCode()).as("up without " + secret).isNotZero();
            soft.assertThat(up.err()).as("up without " + secret).contains(secret);
            Path empty = stack.directory().resolve("env-empty-" + secret);
            stack.env().with(secret, "").write(empty);
            CommandResult withEmpty = stack.composeWith(empty, "config", "--quiet");
            seen.add("with an empty " + secret + " config " + withEmpty.exitCode());
            soft.assertThat(withEmpty.exitCode()).as("config with an empty " + secret).isNotZero();
            soft.assertThat(withEmpty.err()).as("config with an empty " + secret).contains(secret);
        }
        List<String> made = everything(stack);
        evidence.observed(seen + "; made: " + made);

        soft.assertThat(made).isEmpty();
        soft.assertAll();
    }

    @Test
    @Promise(value = "ENV-1", part = "./stack up")
    void stackRefusesEachMissingSecret(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "for each of the nine, with data there: `./stack up` ends non-zero, names the variable, makes no new value, and starts nothing");

        int events = stack.events().all().size();
        List<String> seen = new ArrayList<>();
        SoftAssertions soft = new SoftAssertions();
        for (String secret : REQUIRED) {
            Path without = stack.directory().resolve("env-lacks-" + secret);
            // In demo mode the key may be missing: that is the promise's own exception.
            EnvFile lacking = stack.env().without(secret);
            (secret.equals("ANTHROPIC_API_KEY") ? lacking.with("DEMO_MODE", "false") : lacking).write(without);
            CommandResult up = stack.stackWith(without, "up");
            seen.add("without " + secret + " " + up.exitCode() + ": " + up.err()
                    .lines()
                    .filter(line -> line.startsWith("error:"))
                    .toList());
            soft.assertThat(up.exitCode()).as("without " + secret).isNotZero();
            soft.assertThat(up.err()).as("without " + secret).contains(secret).contains("Nothing was started");
            soft.assertThat(EnvFile.read(without).get(secret).isPresent()).as("a new value for " + secret).isFalse();
        }
        List<String> started = stack.events()
                .all()
                .stream()
                .skip(events)
                .filter(event -> List.of("create", "start", "destroy").contains(event.action()))
                .map(event -> event.service() + " " + event.action())
                .toList();
        evidence.observed(seen + "; started or created meanwhile: " + started);

        soft.assertThat(started).isEmpty();
        soft.assertAll();
    }

    @Test
    @Promise(value = "ENV-1", part = "outside demo mode the API key too")
    @Promise(value = "ENV-1", part = "in demo mode all but the API key")
    void onlyTheDemoModeDoesWithoutAnApiKey(ComposeStack shared, Stacks stacks, Evidence evidence) {
        evidence.expected(
                "without an API key: DEMO_MODE=false is refused, naming ANTHROPIC_API_KEY, and makes nothing; the demo mode gets a made-up key and boots");

        ComposeStack stack = stacks.create().with("DEMO_MODE", "false").with("COMPOSE_FILE", "docker-compose.yml");
        EnvFile settings = stack.env();
        Path file = stack.directory().resolve("env-no-demo");
        settings.write(file);
        CommandResult up = stack.stackWith(file, "up");
        List<String> made = everything(stack);
        boolean demoKey = shared.env().require("ANTHROPIC_API_KEY").startsWith("demo-");
        evidence.observed("exit code %d: %s; made: %s; the shared stack's env file was given no key, has a made-up one: %s, and booted"
                .formatted(up.exitCode(),
                        up.err().lines().filter(line -> line.startsWith("error:")).toList(), made, demoKey));

        assertThat(up.exitCode()).isNotZero();
        assertThat(up.err()).contains("ANTHROPIC_API_KEY");
        assertThat(made).isEmpty();
        assertThat(demoKey).isTrue();
    }

    private static List<String> everything(ComposeStack stack) {
        List<String> everything = new ArrayList<>(stack.engine().containerNames(stack.name()));
        everything.addAll(stack.engine().networks(stack.name()));
        everything.addAll(stack.engine().volumes(stack.name()));
        return everything;
    }
}

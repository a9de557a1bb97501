package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.api.SoftAssertions;
import org.claudeagentui.acceptance.configuration.ConfigurationAgreement;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EnvFile;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ConfigurationIT {
    // The seed's, name by name; the two of the UI's build are listed deviations.
    private static final Map<String, String> SEED = Map.ofEntries(Map.entry("POSTGRES_PORT", "5433"), Map.entry("STRAPI_PORT", "1337"),
            Map.entry("EXPRESS_PORT", "3001"), Map.entry("FRONTEND_HTTP_PORT", "80"), Map.entry("FRONTEND_HTTPS_PORT", "443"),
            Map.entry("POSTGRES_DB", "claude_agent_ui"), Map.entry("POSTGRES_USER", "postgres"), Map.entry("NODE_ENV", "production"),
            Map.entry("LOG_LEVEL", "info"), Map.entry("LOG_FORMAT", "json"), Map.entry("MAX_WORKERS", "4"),
            Map.entry("REQUEST_TIMEOUT", "300000"), Map.entry("CORS_ORIGIN", "http://localhost:5173"),
            Map.entry("STRAPI_CORS_ORIGIN", "http://localhost:5173,http://localhost:3001"), Map.entry("ADMIN_PATH", "/admin"),
            Map.entry("MAX_FILE_SIZE", "52428800"), Map.entry("DATABASE_SSL", "false"), Map.entry("NODE_VERSION", "20"));
    private static final List<String> DEVIATING = List.of("VITE_STRAPI_URL", "VITE_EXPRESS_URL", "STRAPI_LOG_LEVEL");

    @Test
    @Promise("ENV-4")
    void allPlacesNameTheSameVariables(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                ".env.example, the compose files, the programs' settings and docs/configuration.md name the same variables and defaults");

        ConfigurationAgreement agreement = ConfigurationAgreement.of(stack.project().root());
        evidence.observed(agreement.describe() + "; disagreements: " + agreement.disagreements());

        assertThat(agreement.disagreements()).isEmpty();
    }

    @Test
    @Promise(value = "ENV-3", part = "defaults")
    void defaultsAreTheSeedsOrListedDeviations(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "with none of them set, what Compose makes of the topology has the seed's values; deviations are listed in docs/deviations.md");

        Path bare = stack.directory().resolve("env-bare");
        EnvFile env = stack.env();
        for (String name : SEED.keySet()) {
            env = env.without(name);
        }
        env.write(bare);
        JsonNode services = new ObjectMapper().readTree(stack.composeWith(bare, "config", "--format", "json").orThrow().out())
                .at("/services");
        Map<String, String> inForce = new LinkedHashMap<>();
        inForce.put("POSTGRES_PORT", services.at("/postgres/ports/0/published").asText());
        inForce.put("STRAPI_PORT", services.at("/strapi/ports/0/published").asText());
        inForce.put("EXPRESS_PORT", services.at("/express/ports/0/published").asText());
        inForce.put("FRONTEND_HTTP_PORT", services.at("/frontend/ports/0/published").asText());
        inForce.put("FRONTEND_HTTPS_PORT", services.at("/frontend/ports/1/published").asText());
        inForce.put("NODE_VERSION", services.at("/strapi/build/args/NODE_VERSION").asText());
        for (String name : SEED.keySet()) {
            for (String service : Service.ALL) {
                JsonNode value = services.at("/" + service + "/environment/" + name);
                if (value.isTextual()) {
                    inForce.put(name, value.asText());
                }
            }
        }
        String deviations = Files.readString(stack.project().root().resolve("docs/deviations.md"));
        List<List<String>> rows = SEED.keySet()
                .stream()
                .sorted()
                .map(name -> List.of(name, SEED.getOrDefault(name, ""), inForce.getOrDefault(name, "none")))
                .toList();
        List<String> unlisted = DEVIATING.stream().filter(name -> !deviations.contains(name)).toList();
        evidence.observed(rows.size() + " defaults compared; deviations " + DEVIATING + ", of them not listed: " + unlisted)
                .table("Defaults", List.of("variable", "expected", "observed"), rows);

        assertThat(inForce).isEqualTo(SEED);
        assertThat(unlisted).isEmpty();
    }

    @Test
    @Promise(value = "ENV-3", part = "wrong values are refused with the remedy")
    @Promise(value = "ENV-3", part = "DATABASE_SSL")
    void wrongValuesAreRefusedBeforeAnythingStarts(ComposeStack stack, Evidence evidence) {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("POSTGRES_PORT", "0");
        wrong.put("STRAPI_PORT", "70000");
        wrong.put("EXPRESS_PORT", "http");
        wrong.put("FRONTEND_HTTP_PORT", "-1");
        wrong.put("FRONTEND_HTTPS_PORT", "65536");
        wrong.put("POSTGRES_DB", "two words");
        wrong.put("POSTGRES_USER", "express");
        wrong.put("NODE_ENV", "staging");
        wrong.put("LOG_LEVEL", "loud");
        wrong.put("LOG_FORMAT", "xml");
        wrong.put("MAX_WORKERS", "0");
        wrong.put("REQUEST_TIMEOUT", "soon");
        wrong.put("CORS_ORIGIN", "*");
        wrong.put("STRAPI_CORS_ORIGIN", "nobody");
        wrong.put("ADMIN_PATH", "admin!");
        wrong.put("MAX_FILE_SIZE", "large");
        wrong.put("DATABASE_SSL", "true");
        wrong.put("STRAPI_LOG_LEVEL", "loud");
        wrong.put("VITE_STRAPI_URL", "https://elsewhere.example");
        wrong.put("VITE_EXPRESS_URL", "//elsewhere.example");
        wrong.put("NODE_VERSION", "lts");
        evidence.expected("./stack up ends with 20, names each of the %d variables and says what to change; nothing is started".formatted(
                wrong
                        .size()));

        int events = stack.events().all().size();
        Path file = stack.directory().resolve("env-wrong");
        EnvFile env = stack.env();
        for (Map.Entry<String, String> each : wrong.entrySet()) {
            env = env.with(each.getKey(), each.getValue());
        }
        env.write(file);
        CommandResult up = stack.stackWith(file, "up");
        List<List<String>> rows = wrong.keySet().stream().map(name -> List.of(name, finding(up, name))).toList();
        List<String> started = startedSince(stack, events);
        evidence.observed("exit code " + up.exitCode() + "; started: " + started).table("Refusals", List.of("variable", "message"), rows);

        SoftAssertions soft = new SoftAssertions();
        rows.forEach(row -> soft.assertThat(row.getLast()).as(row.getFirst()).contains(row.getFirst()).contains("next:"));
        soft.assertThat(up.exitCode()).isEqualTo(20);
        soft.assertThat(up.err()).contains("Nothing was started");
        soft.assertThat(started).isEmpty();
        soft.assertAll();
    }

    // The paragraph that begins with an error about the variable.
    private static String finding(CommandResult up, String name) {
        for (String paragraph : up.err().split("\n\n", -1)) {
            if (paragraph.contains("error: " + name)) {
                return paragraph.strip().replaceAll("\\s+", " ");
            }
        }
        return "none";
    }

    @Test
    @Promise(value = "ENV-3", part = "POSTGRES_DB and POSTGRES_USER on an existing volume")
    void anotherDatabaseNameOnExistingDataIsRefused(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "with data there and another POSTGRES_DB or POSTGRES_USER: ./stack up ends with 20, says what the volume was made with and the"
                        + " way over, and starts nothing; what runs goes on");

        List<String> seen = new ArrayList<>();
        SoftAssertions soft = new SoftAssertions();
        for (String name : List.of("POSTGRES_DB", "POSTGRES_USER")) {
            int events = stack.events().all().size();
            Path file = stack.directory().resolve("env-other-" + name);
            stack.env().with(name, "another").write(file);
            CommandResult up = stack.stackWith(file, "up");
            List<String> started = startedSince(stack, events);
            seen.add("%s: exit code %d, started %s: %s".formatted(name, up.exitCode(), started, up.err().strip()));
            soft.assertThat(up.exitCode()).isEqualTo(20);
            soft.assertThat(up.err()).contains("made with", name + "=another", "The way over", "backup", "restore");
            soft.assertThat(started).isEmpty();
        }
        boolean healthy = Service.ALL.stream().allMatch(stack::isHealthy);
        evidence.observed(seen + "; all services healthy still: " + healthy);

        soft.assertThat(healthy).isTrue();
        soft.assertAll();
    }

    private static List<String> startedSince(ComposeStack stack, int events) {
        return stack.events()
                .all()
                .stream()
                .skip(events)
                .filter(event -> List.of("create", "start", "destroy").contains(event.action()) && Service.ALL.contains(event.service()))
                .map(event -> event.service() + " " + event.action())
                .toList();
    }
}

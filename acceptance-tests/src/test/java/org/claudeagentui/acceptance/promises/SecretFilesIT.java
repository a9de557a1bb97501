package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Secrets;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.SseReader;
import org.claudeagentui.acceptance.stack.SseReader.SseEvent;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** A stack whose secrets all come from files; each is a canary that must turn up nowhere else. */
@AcceptanceTestBeside
class SecretFilesIT {
    private static final Duration RUN_DEADLINE = Duration.ofSeconds(60);
    private static final int LOG_LINES = 100_000;
    private static final List<String> NAMES = List.of("POSTGRES_PASSWORD", "EXPRESS_DB_PASSWORD", "STRAPI_APP_KEYS",
            "STRAPI_API_TOKEN_SALT", "STRAPI_ADMIN_JWT_SECRET", "STRAPI_TRANSFER_TOKEN_SALT", "STRAPI_JWT_SECRET", "STRAPI_API_TOKEN",
            "STRAPI_ADMIN_PASSWORD", "APP_ADMIN_PASSWORD", "ANTHROPIC_API_KEY");

    @Test
    @Promise(value = "ENV-6", part = "healthy, and a run works")
    @Promise(value = "ENV-6", part = "in no inspection")
    @Promise(value = "ENV-6", part = "owner and mode from inside")
    @Promise(value = "ENV-6", part = "a file in others' reach is refused")
    @Promise(value = "ENV-6", part = "a changed file is taken up")
    @Promise(value = "ENV-5", part = "logs")
    @Promise(value = "ENV-5", part = "error answers")
    void secretsFromFilesWorkAndShowNowhere(Stacks stacks, Evidence evidence) throws IOException {
        evidence.expected(
                "with all eleven secrets in files: ./stack up makes the stack healthy and a run completes; each container sees its own alone,"
                        + " 0400 and its user's; no value in any container's inspection, log, log file, error answer or in what ./stack says; a file"
                        + " that its group may read is refused; a changed token is taken up by strapi and express, and postgres stays");

        ComposeStack stack = stacks.create();
        Map<String, String> canaries = new LinkedHashMap<>();
        for (String name : NAMES) {
            String canary = (name.equals("ANTHROPIC_API_KEY") ? "demo-" : "Canary1") + UUID.randomUUID().toString().replace("-", "");
            canaries.put(name, canary);
            Secrets.register(canary);
            stack.with(name + "_FILE", secretFile(stack, name, canary).toString());
        }
        Path readable = stack.directory().resolve("secrets/STRAPI_JWT_SECRET");
        stack.env().write(stack.envFile());
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("r--r-----"));
        CommandResult refused = stack.stack("up");
        Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("r--------"));
        CommandResult up = stack.stack("up").orThrow();

        String agent = Http.get(stack.frontDoor() + "/api/agents").orThrow().json().at("/data/0/id").asText();
        List<SseEvent> events = SseReader.post(stack.frontDoor() + "/api/agents/" + agent + "/execute", "{\"input\":\"Say hello.\"}",
                RUN_DEADLINE);
        Map<String, String> files = new LinkedHashMap<>();
        for (String service : List.of(Service.POSTGRES, Service.STRAPI, Service.EXPRESS)) {
            files.put(service, stack.exec(service, "bash", "-c", "stat -c %u:%a /run/secrets/* | sort | uniq -c").orThrow());
        }
        Map<String, String> places = new LinkedHashMap<>();
        places.put("error answers", errorAnswers(stack));
        places.put("./stack up", refused.text() + up.text());
        places.put("log files", stack.engine()
                .helpers()
                .runBeside(List.of(stack.env().require("DATA_ROOT") + ":/data:ro"), List.of("bash", "-c",
                        "find /data/logs -type f -exec cat {} +"))
                .orThrow());
        for (String container : stack.engine().containerNames(stack.name() + "-")) {
            places.put("inspection of " + container, String.valueOf(stack.engine().inspect(container).getRawValues()));
            places.put("log of " + container, stack.engine().logs(container, LOG_LINES));
        }
        List<String> found = found(canaries, places);
        String before = stack.inspect(Service.POSTGRES).getId();
        String fresh = "Fresh1" + UUID.randomUUID().toString().replace("-", "");
        Secrets.register(fresh);
        secretFile(stack, "STRAPI_API_TOKEN", fresh);
        stack.stack("up").orThrow();
        int now = agentsWith(stack, fresh);
        int old = agentsWith(stack, canaries.getOrDefault("STRAPI_API_TOKEN", ""));
        int served = Http.get(stack.frontDoor() + "/api/agents").status();
        boolean stayed = before.equals(stack.inspect(Service.POSTGRES).getId());
        evidence.observed(("readable by the group: exit code %d; the run ended with %s; files by user and mode: %s; searched %s, found: %s;"
                + " after the change: new token %d, old token %d, the service %d, postgres stayed: %s").formatted(refused.exitCode(), events
                        .getLast()
                        .type(), files, places.keySet(), found, now, old, served, stayed));

        assertThat(refused.exitCode()).isEqualTo(20);
        assertThat(refused.err()).contains("STRAPI_JWT_SECRET_FILE").contains("chmod 400");
        assertThat(events.getLast().type()).isEqualTo("run.completed");
        assertThat(files.values()).extracting(String::strip).containsExactly("2 70:400", "9 10001:400", "3 10002:400");
        assertThat(found).isEmpty();
        assertThat(places.getOrDefault("inspection of " + stack.containerName(Service.EXPRESS), "")).as("control")
                .contains(
                        "/run/secrets/STRAPI_API_TOKEN");
        assertThat(places.getOrDefault("log files", "")).as("control").contains("strapi is there");
        assertThat(now).isEqualTo(200);
        assertThat(old).isEqualTo(401);
        assertThat(served).isEqualTo(200);
        assertThat(stayed).isTrue();
    }

    private static List<String> found(Map<String, String> canaries, Map<String, String> places) {
        List<String> found = new ArrayList<>();
        places.forEach((place, text) -> canaries.forEach((name, canary) -> {
            if (text.contains(canary)) {
                found.add(name + " in " + place);
            }
        }));
        return found;
    }

    private static String errorAnswers(ComposeStack stack) {
        String strapi = "http://127.0.0.1:" + stack.port("STRAPI_PORT");
        return String.join("\n", Http.postJson(stack.frontDoor() + "/api/agents", "{broken").body(), Http.get(stack.frontDoor()
                + "/api/agents/nobody").body(), Http.postJson(strapi + "/admin/login", "{broken").body(),
                Http.postJson(strapi + "/admin/login", "{\"email\":\"admin@example.com\",\"password\":\"Wrong-Guess-1\"}").body(),
                Http.get(strapi + "/api/agents").body());
    }

    private static int agentsWith(ComposeStack stack, String token) {
        return Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port("STRAPI_PORT") + "/api/agents"))
                .header("Authorization", "Bearer " + token)
                .GET()).status();
    }

    private static Path secretFile(ComposeStack stack, String name, String value) throws IOException {
        Path file = stack.directory().resolve("secrets").resolve(name);
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        Files.writeString(file, value + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }
}

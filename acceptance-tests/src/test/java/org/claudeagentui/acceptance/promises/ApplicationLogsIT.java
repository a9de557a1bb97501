package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class ApplicationLogsIT {
    private static final int LINES = 4000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FILES = Map.of(Service.POSTGRES, "postgresql.log", Service.STRAPI,
            "strapi.log",
            Service.EXPRESS, "express.log", Service.FRONTEND, "access.log");

    @Test
    @Promise(value = "LOG-2", part = "one JSON object a line")
    @Promise(value = "LOG-2", part = "request id")
    void theServiceLogsOneJsonObjectALine(ComposeStack stack, Evidence evidence) throws JsonProcessingException {
        evidence.expected(
                "every line that the service logged is a JSON object with time, level, logger and message; those of a request carry the id that the"
                        + " client gave");

        String id = UUID.randomUUID().toString();
        Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/api/agents"))
                .header("X-Request-Id", id)
                .GET()).orThrow();
        await().atMost(Duration.ofSeconds(10)).until(() -> log(stack).stream().anyMatch(line -> line.contains(id)));
        List<String> lines = log(stack);
        List<String> ofTheRequest = new ArrayList<>();
        for (String line : lines) {
            JsonNode entry = JSON.readTree(line);
            Instant.parse(entry.path("time").asText());
            assertThat(entry.path("level").asText()).as(line).matches("ERROR|WARN|INFO");
            assertThat(entry.path("logger").isTextual() && entry.path("message").isTextual()).as(line).isTrue();
            if (entry.path("requestId").asText().equals(id)) {
                ofTheRequest.add(line);
            }
        }
        evidence.observed(lines.size() + " lines, all of them so; of the request: " + ofTheRequest);

        assertThat(ofTheRequest).isNotEmpty();
    }

    @Test
    @Promise(value = "LOG-2", part = "run id")
    void linesOfARunCarryItsId(ComposeStack stack, Evidence evidence) throws JsonProcessingException {
        evidence.expected(
                "what the service logs while it works on a run carries the run's id as runId, from its start to the audit of its end");

        try (Runner runner = Runner.of(stack, "{}")) {
            String run = runner.api().start(runner.agent(), runner.scripted(script -> script.text("All well.")));
            runner.api().persistently(run);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> ofRun(stack, run).stream()
                            .anyMatch(entry -> entry.path("logger")
                                    .asText()
                                    .equals("audit")));
            List<JsonNode> entries = ofRun(stack, run);
            evidence.observed(entries.toString());

            assertThat(entries).anySatisfy(entry -> assertThat(entry.path("message").asText()).contains("has started"));
        }
    }

    private static List<JsonNode> ofRun(ComposeStack stack, String run) throws JsonProcessingException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : log(stack)) {
            JsonNode entry = JSON.readTree(line);
            if (entry.path("runId").asText().equals(run)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static List<String> log(ComposeStack stack) {
        return stack.engine().logs(stack.containerName(Service.EXPRESS), LINES).lines().toList();
    }

    @Test
    @Promise(value = "LOG-3", part = "the same lines in ./logs and docker logs")
    void theFilesHoldTheSameLines(ComposeStack stack, Evidence evidence) {
        evidence.expected("of each service, the last lines of its file below DATA_ROOT/logs stand in docker logs as well, word for word: "
                + FILES);

        Http.get(stack.frontDoor() + "/api/agents").orThrow();
        Path logs = Path.of(stack.env().require("DATA_ROOT")).resolve("logs");
        Map<String, Integer> compared = new LinkedHashMap<>();
        Map<String, List<String>> missing = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            String file = FILES.getOrDefault(service, "");
            String folder = service.equals(Service.FRONTEND) ? "nginx" : service;
            List<String> written = new LogFolder(logs.resolve(folder)).lastLines(file, 50);
            List<String> engine = stack.engine().logs(stack.containerName(service), LINES).lines().toList();
            compared.put(service, written.size());
            missing.put(service, written.stream().filter(line -> !engine.contains(line)).toList());
        }
        evidence.observed("lines compared %s; not in docker logs: %s".formatted(compared, missing));

        assertThat(compared.values()).allMatch(count -> count > 0);
        assertThat(missing.values()).allMatch(List::isEmpty);
    }
}

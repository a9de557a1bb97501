package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.testing.Answer;
import org.claudeagentui.service.testing.RunningService;
import org.claudeagentui.service.tools.FakeMcpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs as clients meet them: the whole service, behind its front door. */
@Tag("service")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsOverHttpTest {

    private FakeModel model;
    private RunningService service;
    private String agent;

    @BeforeAll
    void start() throws Exception {
        int database = LocalPostgres.shared().port();
        model = FakeModel.start();
        service = RunningService.start("ANTHROPIC_BASE_URL=" + model.address(), "DATABASE_PORT=" + database, "DATABASE_PASSWORD=unused");
        Answer created = service.send("POST", "/api/agents", """
                {"name":"Ada","systemPrompt":"Be brief and kind.","model":"haiku","maxTokens":50}""");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        agent = created.json().getString("id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(service.get("/health/ready").body()).contains("\"status\":\"UP\"").doesNotContain("DOWN"));
    }

    @AfterAll
    void stop() throws IOException {
        if (service != null) {
            model.close();
        }
    }

    @Test
    void sumsUpWhatRunsTook() throws Exception {
        String countess = service.send("POST", "/api/agents", """
                {"name":"Countess","systemPrompt":"Count what you do.","model":"haiku"}""").json().getString("id");
        String day = LocalDate.now(ZoneOffset.UTC).toString();
        for (int tokens = 1; tokens <= 2; tokens++) {
            int output = tokens;
            model.will(call -> call.streaming().begin(10).text("Hello").end(output));
            try (var reader = EventReader.execute(address(), countess, "{\"input\":\"Say hello\"}")) {
                reader.untilEnd();
            }
        }

        JsonObject usage = service.get("/api/usage?from=" + day + "&agentId=" + countess).json();

        JsonObject share = usage.getJsonArray("data").getJsonObject(0);
        assertThat(usage.getJsonArray("data")).hasSize(1);
        assertThat(share.getString("agentName")).isEqualTo("Countess");
        assertThat(share.getJsonObject("usage")).isEqualTo(usage.getJsonObject("total").getJsonObject("usage"));
        assertThat(share.getJsonObject("usage").toString())
                .isEqualTo(
                        "{\"inputTokens\":20,\"outputTokens\":3,\"cacheCreationInputTokens\":6,\"cacheReadInputTokens\":8,\"final\":true}");
        // (20 + 6 * 1.25 + 8 * 0.1) * 1 + 3 * 5 dollars a million
        assertThat(share.getJsonNumber("costUsd").bigDecimalValue()).isEqualByComparingTo("0.0000433");
        assertThat(share.getInt("runs")).isEqualTo(2);
        assertThat(share.getInt("unpricedRuns")).isZero();
        assertThat(service.get("/api/usage?to=2001-01-01").json().getJsonObject("total").getInt("runs")).isZero();
    }

    @Test
    void namesWhatIsWrongInAQuestionForUsage() {
        Answer answer = service.get("/api/usage?from=yesterday&to=2026-02-30&by=user");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("\"by\"", "\"from\"", "\"to\"", "2026-01-31");
        assertThat(service.get("/api/usage?from=2026-02-02&to=2026-02-01").body()).contains("no later than to");
        assertThat(service.get("/api/usage?from=2020-02-02&to=2026-02-01").body()).contains("within 400 days");
    }

    @Test
    void usesAToolOfAServerThatIsToldASecretAndNobodyElseIs() throws Exception {
        var lines = new ConcurrentLinkedQueue<String>();
        var listener = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + Arrays.toString(line.getParameters()) + line.getThrown());
            }
        };
        var loggers = List.of(Logger.getLogger(""), Logger.getLogger("org.claudeagentui"));
        try (var tools = FakeMcpServer.start().with("look", _ -> Optional.of("It is raining"))) {
            loggers.forEach(logger -> logger.setLevel(Level.ALL));
            loggers.getFirst().addHandler(listener);
            model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "Weather__look", "{}").endFor("tool_use", 2));
            model.will(call -> call.streaming().begin(10).text("Wet").end(2));
            String run = runWithTool(tools.url());
            model.nextCall();
            model.nextCall();

            assertThat(run).contains("\"name\":\"Weather__look\"", "It is raining", "run.completed");
            assertThat(tools.authorizations()).isNotEmpty().containsOnly("Bearer hush-hush");
            assertThat(run + lines).doesNotContain("hush");
            service.strapi().losesItsKey();
            assertThat(runWithTool(tools.url())).contains("tool-server-unavailable", "enter them again", "Weather").doesNotContain("hush");
        } finally {
            loggers.getFirst().removeHandler(listener);
            loggers.forEach(logger -> logger.setLevel(Level.SEVERE));
        }
    }

    @Test
    @Order(1)
    void secretsAreSentToWhereTheirServerIsNow() throws Exception {
        try (var before = FakeMcpServer.start(); var now = FakeMcpServer.start()) {
            String server = service.send("POST", "/api/mcp-servers", """
                    {"name":"Moving","transport":"http","url":"%s","headers":{"Authorization":"Bearer hush-hush"}}""".formatted(before
                    .url()))
                    .json()
                    .getString("id");
            String mover = service.send("POST", "/api/agents", """
                    {"name":"Mover","systemPrompt":"Answer briefly.","model":"haiku","mcpServers":["%s"]}""".formatted(server))
                    .json()
                    .getString("id");
            runToItsEnd(mover);
            service.strapi().moveServer(server, now.url());

            runToItsEnd(mover);

            // Not all that was asked: the end of the first session may come late.
            assertThat(before.requests()).containsOnlyOnce("initialize");
            assertThat(now.requests()).containsOnlyOnce("initialize");
            assertThat(now.authorizations()).isNotEmpty().containsOnly("Bearer hush-hush");
        }
    }

    private void runToItsEnd(String agentId) throws Exception {
        model.will(call -> call.streaming().begin(10).text("Yes").end(2));
        try (var reader = EventReader.execute(address(), agentId, "{\"input\":\"Say yes\"}")) {
            reader.untilEnd();
        }
        model.nextCall();
    }

    /** All that a run tells of an agent whose one tool the model uses once. */
    private String runWithTool(URI url) throws Exception {
        String name = "Weather";
        service.get("/api/mcp-servers")
                .json()
                .getJsonArray("data")
                .getValuesAs(JsonObject.class)
                .forEach(old -> service.send(service.request("/api/mcp-servers/" + old.getString("id")).DELETE()));
        Answer server = service.send("POST", "/api/mcp-servers", """
                {"name":"%s","transport":"http","url":"%s","headers":{"Authorization":"Bearer hush-hush"}}""".formatted(name, url));
        assertThat(server.status()).as(server.body()).isEqualTo(201);
        String forecaster = service.send("POST", "/api/agents", """
                {"name":"Forecaster %s","systemPrompt":"Look out of the window.","model":"haiku","mcpServers":["%s"]}"""
                .formatted(server.json().getString("id"), server.json().getString("id"))).json().getString("id");
        try (var reader = EventReader.execute(address(), forecaster, "{\"input\":\"What is it like?\"}")) {
            return server.body() + reader.untilEnd().stream().map(EventReader.Frame::text).toList();
        }
    }

    @Test
    void executesAnAgentAndKeepsTheRun() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        String location;
        try (var reader = EventReader.execute(address(), agent, "{\"input\":\"Say hello\"}")) {
            assertThat(reader.response().headers().firstValue("X-Request-Id")).isPresent();
            location = reader.response().headers().firstValue("Location").orElseThrow();
            assertThat(reader.untilEnd()).hasSize(8);
        }

        JsonObject run = service.get(location).json();
        assertThat(run.keySet()).containsExactlyInAnyOrder("id", "agentId", "agentName", "userId", "userName", "state", "input", "output",
                "model", "createdAt",
                "startedAt", "endedAt", "usage", "costUsd");
        assertThat(run.getString("state")).isEqualTo("completed");
        assertThat(run.getString("output")).isEqualTo("Hello");
        assertThat(run.getJsonObject("usage").getInt("outputTokens")).isEqualTo(2);
        assertThat(service.get("/api/runs?pageSize=1").texts("id")).containsExactly(run.getString("id"));
        assertThat(service.get(location + "/events", "Last-Event-ID", "8").status()).isEqualTo(204);
        assertThat(service.get(location + "/events?lastEventId=8").status()).isEqualTo(204);
        assertThat(service.get(location + "/events", "Last-Event-ID", "7").body())
                .startsWith("retry: 2000\n\nid: 8\nevent: run.completed\ndata: {")
                .endsWith("}\n\n");
    }

    @Test
    void takesARunInAndCancelsIt() throws Exception {
        model.will(call -> call.streaming().begin(10).stall());
        Answer taken = service.send("POST", "/api/runs", """
                {"agentId":"%s","input":"Say hello"}""".formatted(agent));
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.header("Location")).isEqualTo("/api/runs/" + taken.json().getString("id"));
        FakeModelCall call = model.nextCall();

        Answer cancelled = service.send("POST", taken.header("Location") + "/cancel", "{}");
        assertThat(cancelled.status()).isEqualTo(202);
        call.hungUp().get(1, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> service.get(taken.header("Location")).json().getString("state").equals("cancelled"));
    }

    @Test
    void saysWhatIsWrongInProblems() {
        assertProblem(service.send("POST", "/api/runs", "{\"agentId\":\"nobody\",\"input\":\"x\"}"), 404, "agentId");
        assertProblem(service.send("POST", "/api/runs", "{\"agentId\":\"nobody\",\"input\":\" \"}"), 422, "input");
        assertProblem(service.send("POST", "/api/runs", "{\"agentId\":1,\"more\":true}"), 422, "agentId", "input", "more");
        assertProblem(service.send("POST", "/api/agents/" + agent + "/execute", "{}"), 422, "input");
        assertProblem(service.send("POST", "/api/agents/nobody/execute", "{\"input\":\"x\"}"), 404, "agentId");
        String disabled = service.send("POST", "/api/agents", "{\"name\":\"Off\",\"systemPrompt\":\"Never mind it.\",\"enabled\":false}")
                .json()
                .getString("id");
        assertProblem(service.send("POST", "/api/runs", "{\"agentId\":\"" + disabled + "\",\"input\":\"x\"}"), 409, "agentId");
        assertProblem(service.get("/api/runs?search=x"), 422, "search");
        assertProblem(service.get("/api/runs?sort=input"), 422, "sort");
        assertProblem(service.get("/api/runs?agentId=!&state=queued,busy"), 422, "agentId", "state");
        String unknown = "/api/runs/" + RunId.random();
        assertThat(service.get(unknown).status()).isEqualTo(404);
        assertThat(service.get(unknown + "/events").status()).isEqualTo(404);
        assertThat(service.get("/api/runs/nonsense/events").status()).isEqualTo(404);
        assertThat(service.send("POST", unknown + "/cancel", "").status()).isEqualTo(404);
        Answer wrongId = service.get(unknown + "/events", "Last-Event-ID", "x");
        assertProblem(wrongId, 400, "Last-Event-ID");
        assertThat(wrongId.json().getString("requestId")).isEqualTo(wrongId.header("X-Request-Id"));
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void leavesItsRunsBeforeItEndsItself() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once").pinging());
        try (var reader = EventReader.execute(address(), agent, "{\"input\":\"Tell a story\"}")) {
            reader.until("text.delta");
            Thread stop = Thread.ofVirtual().start(service::close);
            List<EventReader.Frame> rest = reader.untilTheStreamEnds();
            assertThat(rest).extracting(event -> event.text())
                    .as("the run is left to whoever goes on with it")
                    .noneMatch(text -> text.contains("event: run."));
            assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    private static void assertProblem(Answer answer, int status, String... fields) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.wrongFields()).containsExactlyInAnyOrder(fields);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + service.port());
    }
}

package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.runs.ModelScript;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.runs.RunEvent;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.claudeagentui.acceptance.standin.RecordedToolCall;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What agents are configured with, against what the model and the MCP servers then saw. */
@AcceptanceTest
class AgentConfigurationIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = "You are a harbour master. You know every tide.";
    private static final String FILLING = " Be brief.".repeat(400);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofSeconds(1);
    private static final Duration CLOCKS_APART = Duration.ofMillis(10);
    private static final Duration TOOLS_TIME = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONGER = Duration.ofMillis(1500);
    private static final int MOST_TURNS = 50;
    private static final int FEW_TURNS = 3;

    /** An agent's settings, and the members of a request to the model that they come to. */
    private record Configured(String settings, String members) {}

    /** What a run came to, in words, and what it should have. */
    private record Case(String expected, CompletableFuture<String> observed) {}

    private static Map<String, Configured> configurations(String firstSkill, String secondSkill) {
        Map<String, Configured> agents = new LinkedHashMap<>();
        agents.put("with a temperature and skills", new Configured(
                """
                {"systemPrompt":"%s","skills":["%s","%s"],"model":"haiku","temperature":0.25,"maxTokens":777,"stopSequences":["END","\\nHuman:"]}"""
                        .formatted(PROMPT, secondSkill, firstSkill), """
                        {"model":"claude-haiku-4-5","max_tokens":777,"temperature":0.25,"stop_sequences":["END","\\nHuman:"]}"""));
        agents.put("with top-p and top-k", new Configured("""
                {"systemPrompt":"%s","model":"opus","topP":0.5,"topK":40}""".formatted(PROMPT), """
                {"model":"claude-opus-4-5","max_tokens":8192,"top_p":0.5,"top_k":40,"system":"%s"}""".formatted(PROMPT)));
        agents.put("with thinking, and a model by its full name", new Configured("""
                {"systemPrompt":"%s","model":"claude-of-later","thinkingBudget":2048,"maxTokens":5000}""".formatted(PROMPT), """
                {"model":"claude-of-later","max_tokens":5000,"thinking":{"type":"enabled","budget_tokens":2048},"system":"%s"}""".formatted(
                PROMPT)));
        agents.put("with thinking, and no most tokens", new Configured("""
                {"systemPrompt":"%s","thinkingBudget":2048}""".formatted(PROMPT), """
                {"model":"claude-sonnet-4-5","max_tokens":10240,"thinking":{"type":"enabled","budget_tokens":2048},"system":"%s"}"""
                .formatted(PROMPT)));
        agents.put("with a prompt alone", new Configured("""
                {"systemPrompt":"%s"}""".formatted(PROMPT), """
                {"model":"claude-sonnet-4-5","max_tokens":8192,"system":"%s"}""".formatted(PROMPT)));
        agents.put("with a long prompt", new Configured("""
                {"systemPrompt":"%s"}""".formatted(PROMPT + FILLING),
                """
                {"model":"claude-sonnet-4-5","max_tokens":8192,"system":[{"type":"text","text":"%s","cache_control":{"type":"ephemeral"}}]}"""
                        .formatted(PROMPT + FILLING)));
        return agents;
    }

    @Test
    @Promise(value = "RUN-3", part = "prompt, skills, model, parameters")
    void theModelIsAskedWithWhatTheAgentIsConfiguredWith(ComposeStack stack, Evidence evidence) {
        evidence.expected("the request to the model has each setting as it was configured, and no member that was not");

        StrapiAdmin strapi = StrapiAdmin.signIn(stack);
        String firstSkill = skill(strapi, "High water comes twice a day.");
        String secondSkill = skill(strapi, "A neap tide is a weak one.");
        List<List<String>> rows = new ArrayList<>();
        configurations(firstSkill, secondSkill).forEach((name, configured) -> {
            try (Runner runner = Runner.of(stack, configured.settings())) {
                String input = runner.scripted(script -> script.text("Aye."));
                runner.api().persistently(runner.api().start(runner.agent(), input));
                ObjectNode expected = object(configured.members()).put("stream", true);
                expected.putArray("messages").addObject().put("role", "user").put("content", input);
                ObjectNode asked = (ObjectNode) runner.asked(input, request -> true).body();
                if (!expected.has("system")) {
                    rows.add(List.of(name + ": system", "the prompt, then the skills in their order", skills(asked.remove("system"))));
                }
                var members = new TreeSet<>(fieldNames(expected));
                members.addAll(fieldNames(asked));
                members.forEach(member -> rows.add(List.of(name + ": " + member, told(expected, member), told(asked, member))));
            }
        });
        evidence.table("Members of requests", List.of("agent: member", "expected", "observed"), rows)
                .observed(rows.size() + " members of requests");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private static String skill(StrapiAdmin strapi, String content) {
        return strapi.create("api::skill.skill", JSON.createObjectNode()
                .put("name", "Tides " + UUID.randomUUID())
                .put("content", content)
                .toString());
    }

    private static String skills(JsonNode system) {
        String text = system.asText();
        int second = text.indexOf("A neap tide is a weak one.");
        int first = text.indexOf("High water comes twice a day.");
        return text.startsWith(PROMPT) && second >= PROMPT.length() && first > second
                ? "the prompt, then the skills in their order"
                : text;
    }

    @Test
    @Promise(value = "RUN-3", part = "time-out")
    void anAgentsTimeEndsItsRun(ComposeStack stack, Evidence evidence) {
        evidence.expected("with a timeoutMs of %d a run ends so long after its start, at most %d ms later, and lets go of whom it waits for"
                .formatted(TIMEOUT.toMillis(), LATE.toMillis()));

        try (Runner runner = Runner.withTools(stack, "{\"timeoutMs\":%d}".formatted(TIMEOUT.toMillis()))) {
            RunApi api = runner.api();
            String talking = runner.scripted(script -> script.text(6000, Duration.ofMillis(10)));
            String waiting = runner.scripted(script -> script.waitingTool(Runner.TOOLS, TOOLS_TIME));
            String talk = api.start(runner.agent(), talking);
            String wait = api.start(runner.agent(), waiting);
            List<String> ends = List.of(end(api.persistently(talk)), end(api.persistently(wait)));
            List<Duration> took = List.of(took(api.run(talk)), took(api.run(wait)));
            Duration toModel = between(startedAt(api.run(talk)), runner.asked(talking, request -> request.hungUpAt().isPresent())
                    .hungUpAt()
                    .orElseThrow());
            Duration toTool = between(startedAt(api.run(wait)), runner.toolCalled(waiting, call -> call.hungUpAt().isPresent())
                    .hungUpAt()
                    .orElseThrow());
            evidence.observed("while the model talked %s, while a tool worked %s".formatted(ends.getFirst(), ends.getLast()))
                    .figure("run while the model talked", took.getFirst().toMillis(), "ms")
                    .figure("run while a tool worked", took.getLast().toMillis(), "ms")
                    .figure("start to the model's connection closed", toModel.toMillis(), "ms")
                    .figure("start to the tool's connection closed", toTool.toMillis(), "ms");

            assertThat(ends).containsExactly("run.failed model-timed-out", "run.failed run-timed-out");
            assertThat(took).allSatisfy(each -> assertThat(each).isBetween(TIMEOUT.minus(CLOCKS_APART), TIMEOUT.plus(LATE)));
            assertThat(List.of(toModel, toTool)).allSatisfy(each -> assertThat(each).isBetween(TIMEOUT.minus(CLOCKS_APART), TIMEOUT.plus(
                    LATE)));
        }
    }

    @Test
    @Promise(value = "RUN-3", part = "tools of MCP servers")
    void toolsAreCalledSideBySideAndTheirAnswersReachTheModel(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the model is offered the server's tools as server__tool; three that it wants in one turn are at work at the same time; it gets their answers"
                        + " in the order of its wishes; the events tell all that; the server is sent its secret header, which no answer and no event has");

        String secret = "Bearer " + UUID.randomUUID();
        String name = "Tide tables " + UUID.randomUUID();
        String tools = name.replace(' ', '_');
        String server = api(stack).mcpServer(name, "{\"transport\":\"http\",\"url\":\"%s\",\"headers\":{\"Authorization\":\"%s\"}}"
                .formatted(
                        Runner.MCP_URL, secret));
        try (Runner runner = Runner.of(stack, agentWith(server))) {
            String input = runner.scripted(script -> script.waitingTool(tools, LONGER)
                    .waitingTool(tools, SHORT)
                    .echoingTool(tools, " echoed"), script -> script.text("High water."));
            List<RunEvent> events = runner.api().persistently(runner.api().start(runner.agent(), input));
            List<RecordedRequest> asked = runner.asked(input);
            List<RecordedToolCall> calls = runner.toolCalls(input);
            long lastArrived = calls.stream().mapToLong(RecordedToolCall::arrivedAt).max().orElseThrow();
            long firstWaited = calls.stream()
                    .filter(call -> call.name().equals("wait"))
                    .mapToLong(call -> call.endedAt().orElseThrow())
                    .min()
                    .orElseThrow();
            List<String> offered = offered(asked.getFirst());
            List<JsonNode> results = results(asked.getLast());
            List<String> toolEvents = events.stream()
                    .filter(event -> event.type().startsWith("tool."))
                    .map(event -> event.type() + " " + event.json().path("name").asText().replace(tools, "server"))
                    .toList();
            String answers = Http.get(stack.frontDoor() + "/api/mcp-servers?pageSize=100").orThrow().body() + Http.get(stack.frontDoor()
                    + "/api/mcp-servers/" + server).orThrow().body() + events;
            evidence.observed("offered %s; %s; answers %s; the run %s".formatted(offered, toolEvents, results.stream()
                    .map(result -> result.path("content").asText())
                    .toList(), end(events)))
                    .figure("all at work at once for", (firstWaited - lastArrived) / 1_000_000, "ms");

            assertThat(asked).hasSize(2);
            assertThat(offered).containsExactlyInAnyOrder(tools + "__echo", tools + "__wait", tools + "__fail");
            assertThat(asked.getFirst().body().path("tools")).anySatisfy(tool -> {
                assertThat(tool.path("name").asText()).isEqualTo(tools + "__wait");
                assertThat(tool.path("description").asText()).startsWith("Answers after");
                assertThat(tool.at("/input_schema/properties/millis/type").asText()).isEqualTo("integer");
            });
            assertThat(lastArrived).isLessThan(firstWaited);
            assertThat(results).extracting(result -> result.path("content").asText()).containsExactly(input, input, input + " echoed");
            assertThat(toolEvents).containsExactly("tool.called server__wait", "tool.called server__wait", "tool.called server__echo",
                    "tool.returned server__echo", "tool.returned server__wait", "tool.returned server__wait");
            assertThat(end(events)).isEqualTo("run.completed");
            assertThat(calls).hasSize(3)
                    .allSatisfy(call -> assertThat(call.authorization()).contains("sha256:" + BackupSet.sha256(secret
                            .getBytes(StandardCharsets.UTF_8))));
            assertThat(answers).contains("\"headerNames\":[\"Authorization\"]", input + " echoed")
                    .doesNotContain(secret.substring(
                            "Bearer ".length()));
        }
    }

    @Test
    @Promise(value = "RUN-3", part = "allowed and disallowed tools")
    void anAgentHasTheToolsThatItIsAllowed(ComposeStack stack, Evidence evidence) {
        evidence.expected("the model is offered what is allowed and not disallowed, and what it wants beyond that is not called");

        String all = "offered [echo, fail, wait], fail called 1 times, the model told: failed as asked";
        Map<String, String> agents = new LinkedHashMap<>();
        agents.put("{}", all);
        agents.put("{\"allowedTools\":[\"standin__*\"]}", all);
        agents.put("{\"allowedTools\":[\"standin__echo\"]}", offeredWithoutFail("[echo]"));
        agents.put("{\"disallowedTools\":[\"standin__fail\"]}", offeredWithoutFail("[echo, wait]"));
        agents.put("{\"allowedTools\":[\"standin__*\"],\"disallowedTools\":[\"standin__fail\",\"standin__wait\"]}", offeredWithoutFail(
                "[echo]"));
        agents.put("{\"allowedTools\":[\"standin__fail\"],\"disallowedTools\":[\"standin__*\"]}", offeredWithoutFail("[]"));
        agents.put("{\"allowedTools\":[\"other__*\"]}", offeredWithoutFail("[]"));
        List<List<String>> rows = new ArrayList<>();
        agents.forEach((settings, expected) -> {
            try (Runner runner = Runner.withTools(stack, settings)) {
                String input = runner.scripted(script -> script.failingTool(Runner.TOOLS, " failed as asked"), script -> script.text(
                        "Well."));
                List<RunEvent> events = runner.api().persistently(runner.api().start(runner.agent(), input));
                RecordedRequest first = runner.asked(input, request -> true);
                String told = returned(events).path("content").asText().replace(input + " ", "");
                rows.add(List.of(settings, expected, "offered %s, fail called %d times, the model told: %s".formatted(offered(first)
                        .stream()
                        .map(name -> name.replace("standin__", ""))
                        .sorted()
                        .toList(), runner.toolCalls(input).size(), told)));
            }
        });
        evidence.table("Tools of agents", List.of("agent", "expected", "observed"), rows).observed(rows.size() + " agents");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private static String offeredWithoutFail(String offered) {
        return "offered " + offered + ", fail called 0 times, the model told: There is no tool with this name.";
    }

    @Test
    @Promise(value = "RUN-3", part = "a tool's time-out, failure and a server that is away")
    void aToolThatFailsIsToldToTheModelAndAServerThatIsAwayEndsTheRun(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "a tool that fails or isn't there: the model is told, and the run goes on; a server that is away ends the run before the model is asked, and is named; one that is disabled or deleted is left out");

        RunApi api = api(stack);
        String away = api.mcpServer("Away " + UUID.randomUUID(), "{\"transport\":\"http\",\"url\":\"http://standin:9/mcp\"}");
        String disabled = api.mcpServer("Disabled " + UUID.randomUUID(),
                "{\"transport\":\"http\",\"url\":\"http://standin:9/mcp\",\"disabled\":true}");
        String deleted = api.mcpServer("Deleted " + UUID.randomUUID(), "{\"transport\":\"http\",\"url\":\"http://standin:9/mcp\"}");
        Map<String, Case> cases = new LinkedHashMap<>();
        try (Runner tools = Runner.withTools(stack, "{}");
                Runner withAway = Runner.of(stack, agentWith(away));
                Runner withDisabled = Runner.of(stack, agentWith(disabled));
                Runner withDeleted = Runner.of(stack, agentWith(deleted));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/mcp-servers/" + deleted)).DELETE()).orThrow();
            Function<Runner, Function<ModelScript, CompletableFuture<String>>> at = runner -> script -> CompletableFuture.supplyAsync(
                    () -> played(runner, script), clients);
            cases.put("fails", new Case("told after 0 s: no such file; run.completed", at.apply(tools)
                    .apply(script -> script.failingTool(
                            Runner.TOOLS, "no such file"))));
            cases.put("isn't there", new Case("told after 0 s: There is no tool with this name.; run.completed", at.apply(tools)
                    .apply(
                            script -> script.echoingTool("nowhere", ""))));
            cases.put("server away", new Case("not asked; run.failed tool-server-unavailable, named", at.apply(withAway)
                    .apply(
                            script -> script.text("never said"))));
            cases.put("server disabled", new Case("asked without tools; run.completed", at.apply(withDisabled)
                    .apply(script -> script.text(
                            "Alone."))));
            cases.put("server deleted", new Case("asked without tools; run.completed", at.apply(withDeleted)
                    .apply(script -> script.text(
                            "Alone."))));
            List<List<String>> rows = cases.entrySet()
                    .stream()
                    .map(each -> List.of(each.getKey(), each.getValue().expected(), each.getValue().observed().join()))
                    .toList();
            evidence.table("Tools and servers that fail", List.of("what", "expected", "observed"), rows).observed(rows.size() + " cases");

            assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
        }
    }

    private static String played(Runner runner, ModelScript script) {
        String input = runner.scripted(script, then -> then.text("I see."));
        List<RunEvent> events = runner.api().persistently(runner.api().start(runner.agent(), input));
        List<RecordedRequest> asked = runner.asked(input);
        if (asked.isEmpty()) {
            boolean named = events.getLast().json().at("/error/detail").asText().contains("Away ");
            return "not asked; %s%s".formatted(end(events), named ? ", named" : "");
        }
        if (!asked.getFirst().body().has("tools")) {
            return "asked without tools; " + end(events);
        }
        JsonNode returned = returned(events);
        assertThat(returned.path("isError").booleanValue()).isTrue();
        return "told after %d s: %s; %s".formatted(returned.path("durationMs").asLong() / 1000, returned.path("content")
                .asText()
                .replace(input, ""), end(events));
    }

    @Test
    @Promise(value = "RUN-3", part = "the check of an MCP server")
    void aCheckTellsTheToolsThatARunWouldHave(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the check of a server lists its tools, and of one that is away tells why and what to do; no answer has the secret");

        String secret = "Bearer " + UUID.randomUUID();
        RunApi api = api(stack);
        Answer reached = checked(stack, api.mcpServer("There " + UUID.randomUUID(),
                "{\"transport\":\"http\",\"url\":\"%s\",\"headers\":{\"Authorization\":\"%s\"}}".formatted(Runner.MCP_URL, secret)));
        Answer away = checked(stack, api.mcpServer("Away " + UUID.randomUUID(),
                "{\"transport\":\"http\",\"url\":\"http://standin:9/mcp\"}"));
        evidence.observed("there: %s; away: %s".formatted(reached.body(), away.body()))
                .figure("check of a server that is there", reached.json().path("tookMs").asLong(), "ms");

        assertThat(reached.json().path("reachable").booleanValue()).isTrue();
        assertThat(reached.json().at("/server/name").asText()).isNotBlank();
        assertThat(reached.json().path("tools")).extracting(tool -> tool.path("name").asText())
                .containsExactlyInAnyOrder("echo", "wait", "fail");
        assertThat(reached.json().path("tools")).allSatisfy(tool -> assertThat(tool.at("/inputSchema/type").asText()).isEqualTo("object"));
        assertThat(reached.body()).doesNotContain(secret, secret.replace("Bearer ", ""));
        assertThat(away.json().path("reachable").booleanValue()).isFalse();
        assertThat(away.json().at("/failure/detail").asText()).contains("no connection");
        assertThat(away.json().at("/failure/remedy").asText()).isNotBlank();
    }

    private static Answer checked(ComposeStack stack, String server) {
        return Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/mcp-servers/" + server + "/check"))
                .POST(HttpRequest.BodyPublishers.noBody())).orThrow();
    }

    @Test
    @Promise(value = "RUN-3", part = "a turn limit")
    void aModelThatWantsToolsForEverIsStopped(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "a model that wants a tool in each turn is asked %d times, and of an agent whose limit is %d so often; the run fails with turn-limit-reached"
                        .formatted(MOST_TURNS, FEW_TURNS));

        List<List<String>> rows = List.of(turns(stack, "{}", MOST_TURNS, evidence), turns(stack, "{\"maxTurns\":%d}".formatted(FEW_TURNS),
                FEW_TURNS, evidence));
        evidence.table("Runs that would never end", List.of("agent", "expected", "observed"), rows)
                .observed(rows.stream().map(row -> row.get(2)).collect(Collectors.joining("; ")));

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private static List<String> turns(ComposeStack stack, String agent, int most, Evidence evidence) {
        try (Runner runner = Runner.withTools(stack, agent)) {
            String input = runner.scripted(script -> script.times(MOST_TURNS + 10).echoingTool(Runner.TOOLS, " again"));
            List<RunEvent> events = runner.api().persistently(runner.api().start(runner.agent(), input));
            evidence.figure("run of %d turns".formatted(most), Duration.between(events.getFirst().at(), events.getLast().at()).toMillis(),
                    "ms");
            String told = "asked %d times, called %d times, %s";
            return List.of(agent, told.formatted(most, most - 1, "run.failed turn-limit-reached"), told.formatted(runner.asked(input)
                    .size(), runner.toolCalls(input).size(), end(events)));
        }
    }

    @Test
    @Promise(value = "RUN-3", part = "stdio only by the allow-list")
    void noProgramMayBeStartedThatTheOperatorDidNotAllow(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "where MCP_STDIO_COMMANDS is empty, an MCP server of the transport stdio is refused with 422, which names its command");

        String name = "Shell " + UUID.randomUUID();
        Answer answer = Http.postJson(stack.frontDoor() + "/api/mcp-servers", """
                {"name":"%s","transport":"stdio","command":"/bin/bash","args":["-c","id"]}""".formatted(name));
        long kept = Http.get(stack.frontDoor() + "/api/mcp-servers?search=" + name.replace(" ", "%20"))
                .orThrow()
                .json()
                .at("/meta/total")
                .asLong();
        evidence.observed("status %d, %s; %d kept".formatted(answer.status(), answer.json().path("errors"), kept));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("field")).containsExactly("command");
        assertThat(kept).isZero();
    }

    private static RunApi api(ComposeStack stack) {
        return new RunApi(stack.frontDoor(), Duration.ofSeconds(90));
    }

    private static String agentWith(String server) {
        return "{\"mcpServers\":[\"" + server + "\"]}";
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON: " + json, e);
        }
    }

    private static List<String> fieldNames(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String told(ObjectNode object, String member) {
        return object.has(member) ? object.path(member).toString().replace(FILLING, " Be brief. (400 times)") : "not sent";
    }

    private static List<String> offered(RecordedRequest request) {
        return request.body().path("tools").findValuesAsText("name");
    }

    private static List<JsonNode> results(RecordedRequest request) {
        return StreamSupport.stream(request.body().at("/messages/2/content").spliterator(), false).toList();
    }

    private static JsonNode returned(List<RunEvent> events) {
        return events.stream().filter(event -> event.type().equals("tool.returned")).findFirst().orElseThrow().json();
    }

    private static String end(List<RunEvent> events) {
        RunEvent last = events.getLast();
        return last.type() + last.json().at("/error/type").asText().replaceFirst("^.*:", " ");
    }

    private static Instant startedAt(JsonNode run) {
        return Instant.parse(run.path("startedAt").asText());
    }

    private static Duration took(JsonNode run) {
        return Duration.between(startedAt(run), Instant.parse(run.path("endedAt").asText()));
    }

    private static Duration between(Instant start, long nanos) {
        return Duration.between(start, Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000));
    }
}

package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.hostile.HostileClient;
import org.claudeagentui.acceptance.hostile.HostileRequest;
import org.claudeagentui.acceptance.hostile.HostileRequests;
import org.claudeagentui.acceptance.hostile.Objections;
import org.claudeagentui.acceptance.hostile.Outcome;
import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.runs.RunApi;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class HostileRequestsIT {
    private static final int MADE = 6_000;
    private static final int IN_A_PLAIN_RUN = 400;
    private static final int CLIENTS = 8;
    private static final int LOG_LINES = 60_000;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Sent(int number, HostileRequest request, Outcome outcome, List<String> objections) {}

    @Test
    @Promise(value = "SEC-5", part = "hostile requests to the service")
    void theServiceWithstandsHostileRequests(ComposeStack stack, Evidence evidence) throws InterruptedException, ExecutionException {
        withstands(stack, stack.port("EXPRESS_PORT"), evidence);
    }

    @Test
    @Promise(value = "SEC-5", part = "hostile requests through nginx")
    void theFrontDoorWithstandsHostileRequests(ComposeStack stack, Evidence evidence) throws InterruptedException, ExecutionException {
        withstands(stack, stack.port("FRONTEND_HTTP_PORT"), evidence);
    }

    private static void withstands(ComposeStack stack, int port, Evidence evidence) throws InterruptedException, ExecutionException {
        Sample<Integer> numbers = Sample.of(IntStream.range(0, MADE).boxed().toList(), IN_A_PLAIN_RUN);
        evidence.expected(
                ("requests made of the OpenAPI document and spoiled (%s): each is answered, or its connection closed, within %d s; no status of"
                        + " 5xx but 501 and 505 to what is no HTTP/1.1; every refusal a problem with type, title, status and detail; nothing of the insides"
                        + " shown; nothing smuggled in; afterwards the service is healthy, was not restarted and has logged no error")
                        .formatted(numbers.describe(), DEADLINE.toSeconds()));

        String marker = "hostile-" + UUID.randomUUID();
        String started = String.valueOf(stack.inspect(Service.EXPRESS).getState().getStartedAt());
        about(stack, marker);
        List<Sent> sent = send(requests(stack), numbers.chosen(), new HostileClient(port, DEADLINE));
        List<Sent> faults = sent.stream().filter(each -> !each.objections().isEmpty()).toList();
        clearUp(stack, sent);
        List<String> errors = errors(stack, marker);
        int ready = Http.get("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/health/ready").status();
        table(sent, evidence);
        evidence.observed("%d sent, %d with objections; then ready: %d; errors logged: %s".formatted(sent.size(), faults.size(), ready,
                errors));

        assertThat(faults.stream()
                .map(fault -> fault.number() + " " + fault.objections() + " to " + fault.outcome().summary() + " on " + fault.request()))
                .isEmpty();
        assertThat(errors).isEmpty();
        assertThat(ready).isEqualTo(200);
        assertThat(String.valueOf(stack.inspect(Service.EXPRESS).getState().getStartedAt())).isEqualTo(started);
    }

    private static HostileRequests requests(ComposeStack stack) {
        return new HostileRequests(document(stack), entries(stack), List.of("Host: 127.0.0.1", "Connection: close", Keys.headerLine(
                "127.0.0.1:"
                        + stack.port("EXPRESS_PORT")).strip()));
    }

    private static Map<String, String> entries(ComposeStack stack) {
        RunApi api = new RunApi(stack.frontDoor(), Duration.ofSeconds(30));
        String agent = api.agent("{\"enabled\":false}");
        String server = api.mcpServer("Hostile " + UUID.randomUUID(), "{\"transport\":\"http\",\"url\":\"https://example.com/mcp\"}");
        String name = "Hostile " + UUID.randomUUID();
        return Map.of("/api/agents", agent, "/api/mcp-servers", server, "/api/skills", made(stack, "/api/skills", "{\"name\":\"%s\"}"
                .formatted(name)), "/api/tasks", made(stack, "/api/tasks", "{\"name\":\"%s\",\"prompt\":\"Add.\",\"agent\":\"%s\"}"
                        .formatted(name, agent)), "/api/chats", made(stack, "/api/chats", "{\"title\":\"%s\",\"agent\":\"%s\"}".formatted(
                                name, agent)));
    }

    private static String made(ComposeStack stack, String address, String json) {
        return Http.postJson(stack.frontDoor() + address, json).orThrow().json().path("id").asText();
    }

    private static ApiDocument document(ComposeStack stack) {
        return ApiDocument.parse(Http.get(stack.frontDoor() + "/openapi").orThrow().body());
    }

    private static List<Sent> send(HostileRequests requests, List<Integer> numbers, HostileClient client) throws InterruptedException,
            ExecutionException {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Sent>> work = numbers.stream().<Callable<Sent>>map(number -> () -> {
                HostileRequest request = requests.request(number);
                Outcome outcome = client.send(request);
                return new Sent(number, request, outcome, Objections.to(request, outcome));
            }).toList();
            List<Sent> sent = new ArrayList<>();
            for (Future<Sent> each : clients.invokeAll(work)) {
                sent.add(each.get());
            }
            return sent;
        }
    }

    private static void clearUp(ComposeStack stack, List<Sent> sent) {
        for (Sent each : sent) {
            if (each.outcome() instanceof Outcome.Answered answer && answer.status() == 201 && !answer.header("location")
                    .contains("/runs/")) {
                Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + answer.header("location"))).DELETE());
            }
        }
    }

    private static void about(ComposeStack stack, String id) {
        Http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stack.port("EXPRESS_PORT") + "/api/about"))
                .header("X-Request-Id", id)
                .GET()).orThrow();
    }

    private static List<String> errors(ComposeStack stack, String marker) {
        String last = marker + "-last";
        about(stack, last);
        await().atMost(DEADLINE).until(() -> log(stack).stream().anyMatch(line -> line.contains(last)));
        List<String> lines = log(stack);
        int from = IntStream.range(0, lines.size()).filter(at -> lines.get(at).contains(marker)).findFirst().orElse(0);
        return lines.subList(from, lines.size()).stream().filter(line -> line.contains("\"level\":\"ERROR\"")).toList();
    }

    private static List<String> log(ComposeStack stack) {
        return stack.engine().logs(stack.containerName(Service.EXPRESS), LOG_LINES).lines().toList();
    }

    private static void table(List<Sent> sent, Evidence evidence) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        sent.forEach(each -> counts.computeIfAbsent(each.request().kind(), kind -> new TreeMap<>())
                .merge(each.outcome().summary(), 1, Integer::sum));
        List<List<String>> rows = new ArrayList<>();
        counts.forEach((kind, outcomes) -> rows.add(List.of(kind, String.valueOf(outcomes.values().stream().mapToInt(it -> it).sum()),
                outcomes.toString())));
        evidence.table("What came of the requests", List.of("what was bad", "requests", "answers"), rows);
    }

    @Test
    @Promise(value = "SEC-5", part = "the field is named")
    void aWrongMemberIsNamed(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "for each member of each body in the OpenAPI document, sent with a value of another type: 422 whose errors name that member");

        ApiDocument document = document(stack);
        Map<String, String> entries = entries(stack);
        Member member = Member.join(stack, "Mallory");
        List<List<String>> rows = new ArrayList<>();
        for (Operation operation : document.operations()) {
            operation.body().ifPresent(schema -> schema.path("properties").properties().forEach(property -> {
                String wrong = document.whole(property.getValue()).path("type").asText().equals("object") ? "7" : "{\"no\":\"such\"}";
                // With a session: a token doesn't get as far everywhere.
                String body = "{\"" + property.getKey() + "\":" + wrong + "}";
                Answer answer = operation.path().startsWith("/api/tokens") || operation.path().startsWith("/api/session")
                        ? member.send(operation.method(), address(operation, entries), body)
                        : send(stack.frontDoor() + address(operation, entries), operation, body);
                rows.add(List.of(operation + " " + property.getKey(), property.getKey(), named(answer).contains(property.getKey())
                        ? property.getKey()
                        : answer.status() + " " + named(answer)));
            }));
        }
        evidence.observed(rows.size() + " members").table("Members", List.of("member", "expected", "observed"), rows);

        assertThat(rows).isNotEmpty().allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private static String address(Operation operation, Map<String, String> entries) {
        String kind = operation.path().replaceFirst("/\\{.*", "");
        return operation.path().replaceAll("\\{[^}]*}", entries.getOrDefault(kind, "none"));
    }

    private static Answer send(String address, Operation operation, String body) {
        return Http.send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(operation.method(), HttpRequest.BodyPublishers.ofString(body)));
    }

    private static List<String> named(Answer answer) {
        JsonNode errors = answer.status() == 422 ? answer.json().path("errors") : JSON.createArrayNode();
        return StreamSupport.stream(errors.spliterator(), false).map(error -> error.path("field").asText()).toList();
    }
}

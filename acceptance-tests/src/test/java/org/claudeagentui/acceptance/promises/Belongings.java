package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.openapi.ApiDocument;
import org.claudeagentui.acceptance.openapi.Operation;
import org.claudeagentui.acceptance.runs.Runner;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/** What a user has: an entry of each kind that operations have ids of, made when one is asked for. */
final class Belongings implements AutoCloseable {
    /** Answers of a few words, since nobody reads them. */
    private static final String BRIEF = "{\"maxTokens\":5}";
    private static final Duration PACE = Duration.ofMillis(50);
    private static final int LONG = 1_200;
    private static final Duration AT_REST = Duration.ofSeconds(30);
    private static final Set<String> GOING_ON = Set.of("queued", "running");
    private static final Pattern ID = Pattern.compile("\\{[^}]*}");

    private final ComposeStack stack;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Member owner;
    private final Member administrator;
    private final Runner runner;
    private final Map<String, String> ids = new HashMap<>();

    /** What somebody has, but MCP servers, which are an administrator's to make. */
    Belongings(ComposeStack stack, ApiDocument document, Member owner, Member administrator) {
        this.stack = stack;
        this.owner = owner;
        this.administrator = administrator;
        document.operations().forEach(operation -> operations.put(operation.id(), operation));
        runner = Runner.of(stack, BRIEF);
    }

    /** An operation with the ids of what the owner has, and the document's first example, asked for by somebody, or by nobody known. */
    Asked asked(Operation operation, Optional<Member> caller) {
        return operation.examples()
                .values()
                .stream()
                .findFirst()
                .map(example -> Asked.example(operation, address(operation), example, real(caller)))
                .orElseGet(() -> new Asked(operation, address(operation), Optional.empty()));
    }

    /** What an example has made-up names for: an agent, and the caller's password. */
    Map<String, String> real(Optional<Member> caller) {
        Map<String, String> real = new HashMap<>(Map.of("agent", runner.agent(), "agentId", runner.agent()));
        caller.ifPresent(member -> real.putAll(Map.of("identifier", member.email(), "password", member.password(), "currentPassword", member
                .password())));
        return real;
    }

    /** An operation's address, with the ids of what the owner has. */
    String address(Operation operation) {
        String collection = collection(operation);
        if (collection.equals(operation.path())) {
            return collection;
        }
        String key = operation.id().equals("cancelRun") ? "run at work" : collection;
        String address = operation.path().replaceFirst("\\{id}", ids.computeIfAbsent(key, this::made));
        return address.contains("{")
                ? address.replaceFirst("\\{messageId}", ids.computeIfAbsent("message", _ -> message(ids.getOrDefault(collection, ""))))
                : address;
    }

    /** The address of what nobody has. */
    static String unknown(Operation operation) {
        String id = operation.path().startsWith("/api/runs") || operation.path().startsWith("/api/tokens")
                ? UUID.randomUUID().toString()
                : UUID.randomUUID().toString().replace("-", "").substring(8);
        return ID.matcher(operation.path()).replaceAll(id);
    }

    /** How that stands, as its owner sees it, which an operation is about. */
    JsonNode state(Operation operation) {
        String collection = collection(operation);
        String address = collection.equals("/api/tokens") ? collection : address(operation).replaceFirst("(/api/[^/]+/[^/]+).*", "$1");
        String looked = address + (operation.path().contains("messageId") ? "/messages" : "");
        JsonNode state = await("what the owner's own requests began").atMost(AT_REST)
                .until(() -> owner.get(looked).orThrow().json(), this::isAtRest);
        // The rest of a run goes on by itself.
        return collection.equals("/api/runs") ? state.path("state") : state;
    }

    /** A task hears of its run's end, and a chat of an answer, a moment later. */
    private boolean isAtRest(JsonNode state) {
        List<String> roles = state.path("data").findValuesAsText("role");
        return !(state.has("prompt") && (GOING_ON.contains(state.path("state").asText()) || !hasHeardOfItsLatestRun(state)))
                && roles.stream().filter("user"::equals).count() == roles.stream().filter("assistant"::equals).count();
    }

    private boolean hasHeardOfItsLatestRun(JsonNode task) {
        JsonNode runs = owner.get("/api/tasks/" + task.path("id").asText() + "/runs?pageSize=1").orThrow().json();
        return runs.at("/meta/total").asInt() == 0 || runs.at("/data/0/id").equals(task.path("lastRunId"));
    }

    /** Has another one made when one is asked for next. */
    void isGone(Operation operation) {
        ids.remove(operation.path().contains("messageId") ? "message" : collection(operation));
        ids.remove("run at work");
        if (operation.id().equals("deleteChat")) {
            ids.remove("message");
        }
    }

    private static String collection(Operation operation) {
        return operation.path().replaceFirst("/\\{.*", "");
    }

    private String made(String kind) {
        return switch (kind) {
            case "/api/runs" -> ended(run("Hello."));
            case "run at work" -> run(runner.scripted(script -> script.text(LONG, PACE)));
            case "/api/agents" -> runner.api().agent(BRIEF);
            case "/api/skills" -> entry("createSkill", owner);
            case "/api/mcp-servers" -> entry("createMcpServer", administrator);
            case "/api/tasks" -> entry("createTask", owner);
            case "/api/chats" -> entry("createChat", owner);
            case "/api/tokens" -> entry("createToken", owner);
            default -> throw new IllegalArgumentException("No " + kind + " is known here: say how one is made");
        };
    }

    private String entry(String creating, Member maker) {
        Operation operation = Objects.requireNonNull(operations.get(creating));
        return maker.send(asked(operation, Optional.of(maker)).underANameOfItsOwn().request(stack)).orThrow().json().path("id").asText();
    }

    private String run(String input) {
        return owner.post("/api/runs", "{\"agentId\":\"%s\",\"input\":\"%s\"}".formatted(runner.agent(), input))
                .orThrow()
                .json()
                .path("id")
                .asText();
    }

    private String ended(String run) {
        runner.api().persistently(run);
        return run;
    }

    /** The latest message of a chat, in which one is said. */
    private String message(String chat) {
        String messages = "/api/chats/" + chat + "/messages";
        owner.post(messages, "{\"content\":\"Hello.\"}").orThrow();
        return owner.get(messages).orThrow().json().at("/data/0/id").asText();
    }

    @Override
    public void close() {
        ids.forEach((collection, id) -> {
            if (!collection.equals("/api/runs") && !collection.equals("/api/tokens") && collection.startsWith("/")) {
                Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + collection + "/" + id)).DELETE());
            }
        });
        runner.close();
    }
}

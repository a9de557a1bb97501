package org.claudeagentui.service.runs;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.tools.FakeMcpServer;
import org.claudeagentui.service.tools.ToolSelection;
import org.claudeagentui.service.tools.ToolServer;
import org.claudeagentui.service.tools.Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs of an agent that has tools. */
class ToolRunTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final int MOST_TURNS = 3;
    private static final int LONGEST_RESULT = 60;

    private LocalPostgres postgres;
    private FakeModel model;
    private FakeMcpServer server;
    private Optional<Replica> replica = Optional.empty();
    private URI address;
    private Duration patience = Duration.ofSeconds(5);
    private RunLimits limits = Replica.LIMITS;
    private List<String> allowed = List.of();
    private List<String> disallowed = List.of();

    @BeforeEach
    void start() throws Exception {
        postgres = LocalPostgres.shared();
        model = FakeModel.start();
        server = FakeMcpServer.start();
        address = server.url();
    }

    @AfterEach
    void stop() throws Exception {
        replica.ifPresent(Replica::close);
        server.close();
        model.close();
    }

    @Test
    void usesToolsSideBySideAndGivesTheModelTheirAnswers() throws Exception {
        var both = new CountDownLatch(2);
        server.with("fast", input -> together(both, "fast " + input.getInt("n")))
                .with("slow", input -> together(both, "slow " + input.getInt("n")));
        model.will(call -> call.streaming()
                .begin(10)
                .text("Let me see. ")
                .toolUse(1, "t9", "files__slow", "{\"n\"", ":1}")
                .toolUse(2, "t2", "files__fast", "{\"n\":2}")
                .endFor("tool_use", 5));
        model.will(call -> call.streaming().begin(20).text("Done.").end(7));
        Run run = submit();

        List<JsonObject> events = events(run);
        assertThat(events.stream().map(event -> event.getString("type"))).containsExactly("run.queued", "run.started", "turn.started",
                "usage",
                "text.delta", "usage", "turn.completed", "tool.called", "tool.called", "tool.returned", "tool.returned", "turn.started",
                "usage",
                "text.delta", "usage", "turn.completed", "run.completed");
        assertThat(events.get(6).getJsonArray("content").toString()).isEqualTo("[{\"type\":\"text\",\"text\":\"Let me see. \"},"
                + "{\"type\":\"tool_use\",\"id\":\"t9\",\"name\":\"files__slow\",\"input\":{\"n\":1}},"
                + "{\"type\":\"tool_use\",\"id\":\"t2\",\"name\":\"files__fast\",\"input\":{\"n\":2}}]");
        assertThat(events.get(7).getString("toolUseId")).isEqualTo("t9");
        assertThat(events.get(7).getJsonObject("input").getInt("n")).isEqualTo(1);
        assertThat(events.get(15).containsKey("content")).as("nobody needs the last answer a second time").isFalse();
        model.nextCall();
        JsonArray asked = model.nextCall().body().getJsonArray("messages");
        assertThat(asked.getJsonObject(0).getString("content")).isEqualTo("Say hello");
        assertThat(asked.getJsonObject(1).getJsonArray("content")).isEqualTo(events.get(6).getJsonArray("content"));
        assertThat(asked.getJsonObject(2).toString()).isEqualTo("{\"role\":\"user\",\"content\":["
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"t9\",\"content\":\"slow 1\"},"
                + "{\"type\":\"tool_result\",\"tool_use_id\":\"t2\",\"content\":\"fast 2\",\"cache_control\":{\"type\":\"ephemeral\"}}]}");
        Run ended = replica().runs().find(run.id(), TestUsers.User.ADMIN.caller()).orElseThrow();
        assertThat(ended.output()).contains("Let me see. Done.");
        assertThat(ended.usage()).contains(new RunUsage(new TokenUsage(30, 12, 6, 8), true));
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(server.requests()).contains("DELETE session-1"));
    }

    @Test
    void itsJournalIsEnoughToGoOn() throws Exception {
        server.with("echo", input -> Optional.of(input.toString()));
        model.will(call -> call.streaming()
                .begin(10)
                .event("content_block_start",
                        "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"x\"}}")
                .toolUse(2, "t1", "files__echo", "{\"n\":\"\\ud83d\"}")
                .endFor("tool_use", 5));
        model.will(call -> call.streaming().begin(20).text("Done.").end(7));
        Run run = submit();

        List<StoredEvent> journal = events(run).stream()
                .map(event -> new StoredEvent(event.getInt("seq"), event.getString("type"), event.toString()))
                .toList();
        Conversation atTheEnd = Conversation.of(run.input(), journal);
        model.nextCall();
        JsonArray asked = model.nextCall().body().getJsonArray("messages");
        assertThat(atTheEnd.nextTurn()).isEqualTo(3);
        assertThat(atTheEnd.messages()).hasSameSizeAs(asked);
        assertThat(atTheEnd.messages().get(1).content().getFirst().toJson().toString()).isEqualTo(
                "{\"type\":\"redacted_thinking\",\"data\":\"x\"}");
    }

    @Test
    void offersTheModelWhatItsAgentMayUse() throws Exception {
        allowed = List.of("files__*");
        disallowed = List.of("files__write");
        server.with("read", _ -> Optional.of("")).with("write", _ -> Optional.of("written"));
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__write", "{}").endFor("tool_use", 5));
        model.will(call -> call.streaming().begin(20).text("Done.").end(7));
        Run run = submit();

        List<JsonObject> returned = events(run).stream().filter(event -> event.getString("type").equals("tool.returned")).toList();
        assertThat(returned.getFirst().getBoolean("isError")).isTrue();
        assertThat(returned.getFirst().getString("content")).contains("no tool");
        assertThat(server.requests()).doesNotContain("tools/call");
        assertThat(model.nextCall().body().getJsonArray("tools").toString()).isEqualTo(
                "[{\"name\":\"files__read\",\"description\":\"Does read\",\"input_schema\":{\"type\":\"object\"}}]");
    }

    @Test
    void tellsTheModelWhatBecameOfToolsThatFailAndOfNonsense() throws Exception {
        patience = Duration.ofMillis(400);
        server.with("hang", _ -> Optional.empty())
                .with("failing", _ -> Optional.of("no such file"))
                .with("long", _ -> Optional.of("x".repeat(
                        70)));
        model.will(call -> call.streaming()
                .begin(10)
                .toolUse(1, "t1", "files__hang", "{}")
                .toolUse(2, "t2", "files__failing", "{}")
                .toolUse(3, "t3", "files__long", "{}")
                .toolUse(4, "t4", "files__long", "{\"a\":")
                .toolUse(5, "t5", "nowhere", "{}")
                .endFor("tool_use", 5));
        model.will(call -> call.streaming().begin(20).text("Sorry.").end(7));

        assertThat(Ends.of(replica(), submit()).state()).isEqualTo(RunState.COMPLETED);
        model.nextCall();
        List<JsonObject> results = model.nextCall()
                .body()
                .getJsonArray("messages")
                .getJsonObject(2)
                .getJsonArray("content")
                .getValuesAs(
                        JsonObject.class);
        assertThat(results).extracting(result -> result.getBoolean("is_error", false)).containsExactly(true, true, false, true, true);
        assertThat(results).extracting(result -> result.getString("content"))
                .containsExactly("The tool failed: it gave no answer within 400 ms.", "no such file", "x".repeat(60)
                        + "\n[Cut off here: 10 more characters]", "The tool was not called: its input is no JSON object.",
                        "There is no tool with this name.");
    }

    @Test
    void cancelledInACallItLetsGoAtOnce() throws Exception {
        server.with("hang", _ -> Optional.empty());
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__hang", "{}").endFor("tool_use", 5));
        Run run = submit();
        await().atMost(Duration.ofSeconds(10)).until(() -> server.requests().contains("tools/call"));

        long asked = System.nanoTime();
        replica().runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
        Run ended = Ends.of(replica(), run);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
        assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended.usage()).contains(new RunUsage(new TokenUsage(10, 5, 3, 4), true));
        assertThat(Duration.ofNanos(server.hungUp().get(5, TimeUnit.SECONDS) - asked)).isLessThan(AT_ONCE);
    }

    @Test
    void cancelledWhileItsServersOpenItLetsGoAtOnce() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp");
            Run run = submit();
            try (var connection = silent.accept()) {
                long asked = System.nanoTime();
                replica().runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
                assertThat(Ends.of(replica(), run).state()).isEqualTo(RunState.CANCELLED);
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
                connection.setSoTimeout(1_000);
                awaitEnd(connection.getInputStream());
            }
        }
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void failsWhereAServerCanNotBeReached() throws Exception {
        server.close();
        Run ended = Ends.of(replica(), submit());

        assertThat(ended.error()).hasValueSatisfying(error -> {
            assertThat(error.type()).endsWith(":tool-server-unavailable");
            assertThat(error.detail()).isEqualTo("The MCP server \"files\" can't be used: no connection to it can be made.");
        });
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void failsWhereItTakesTooManyTurns() throws Exception {
        server.with("echo", _ -> Optional.of("again"));
        for (int turn = 1; turn <= MOST_TURNS; turn++) {
            model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__echo", "{}").endFor("tool_use", 5));
        }
        Run ended = Ends.of(replica(), submit());

        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.type()).endsWith(":turn-limit-reached"));
        assertThat(model.callsLeft()).isEqualTo(MOST_TURNS);
        assertThat(server.requests()).filteredOn("tools/call"::equals).hasSize(MOST_TURNS - 1);
    }

    @Test
    void failsWhereItsTimeIsUpWhileAToolWorks() throws Exception {
        limits = Limits.timeout(limits, Duration.ofSeconds(2));
        server.with("hang", _ -> Optional.empty());
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__hang", "{}").endFor("tool_use", 5));
        Run ended = Ends.of(replica(), submit());

        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.type()).endsWith(":run-timed-out"));
        assertThat(Duration.between(ended.startedAt().orElseThrow(), ended.endedAt().orElseThrow())).isBetween(Duration.ofMillis(1_900),
                Duration.ofSeconds(4));
    }

    @Test
    void asksAgainAfterAPauseWithTheAnswerSoFar() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Half").endFor("pause_turn", 5));
        model.will(call -> call.streaming().begin(20).text(" and half").end(7));
        Run ended = Ends.of(replica(), submit());

        assertThat(ended.output()).contains("Half and half");
        model.nextCall();
        assertThat(model.nextCall().body().getJsonArray("messages").toString()).isEqualTo(
                "[{\"role\":\"user\",\"content\":\"Say hello\"},{\"role\":\"assistant\",\"content\":\"Half\"}]");
    }

    @Test
    void endsWhereTheModelWantsToolsButNamesNone() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Well").endFor("tool_use", 5));

        assertThat(Ends.of(replica(), submit()).state()).isEqualTo(RunState.COMPLETED);
    }

    @Test
    void asksAgainWhereTheModelFailsBeforeAWishIsComplete() throws Exception {
        server.with("echo", _ -> Optional.of("hi"));
        model.will(call -> call.streaming().begin(10).toolUse(2, "lost", "files__echo", "{}").reset());
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__echo", "{}").endFor("tool_use", 5));
        model.will(call -> call.streaming().begin(10).text("Done").end(5));
        Run run = submit();

        assertThat(events(run).stream()
                .filter(event -> event.getString("type").equals("tool.called"))
                .map(event -> event.getString(
                        "toolUseId"))).containsExactly("t1");
    }

    @Test
    void whoGoesOnDoesNotCallAToolASecondTime() throws Exception {
        var called = new CountDownLatch(1);
        server.with("once", input -> {
            called.countDown();
            new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            return Optional.of("late");
        });
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__once", "{}").endFor("tool_use", 5));
        Run run = submit();
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        replica().vanish();
        replica = Optional.empty();

        List<JsonObject> events = events(run);
        assertThat(events.getLast().getString("type")).isEqualTo("run.failed");
        assertThat(events.getLast().getJsonObject("error").getString("detail")).contains("files__once", "isn't known");
    }

    @Test
    void aToolThatIsCutOffByAStopIsNotSaidToHaveFailed() throws Exception {
        var called = new CountDownLatch(1);
        server.with("once", input -> {
            called.countDown();
            new CountDownLatch(1).await(20, TimeUnit.SECONDS);
            return Optional.of("late");
        });
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__once", "{}").endFor("tool_use", 5));
        Run run = submit();
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        replica().runs().drain();
        replica().close();
        replica = Optional.empty();

        List<JsonObject> events = events(run);
        assertThat(events).extracting(event -> event.getString("type")).doesNotContain("tool.returned").endsWith("run.failed");
        assertThat(events.getLast().getJsonObject("error").getString("detail")).contains("isn't known");
    }

    @Test
    void whoGoesOnTellsTheModelWhatToolsHadAnswered() throws Exception {
        server.with("quick", input -> Optional.of("42"));
        model.will(call -> call.streaming().begin(10).toolUse(1, "t1", "files__quick", "{}").endFor("tool_use", 5));
        model.will(call -> call.streaming().begin(20).text("So").stall());
        model.will(call -> call.streaming().begin(20).text("It is 42.").end(7));
        Run run = submit();
        try (var reader = EventReader.follow(replica().address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }
        replica().vanish();
        replica = Optional.empty();

        List<JsonObject> events = events(run);
        assertThat(events.getLast().getString("type")).isEqualTo("run.completed");
        assertThat(events).extracting(event -> event.getString("type")).containsOnlyOnce("tool.called", "turn.restarted");
        model.nextCall();
        JsonArray before = model.nextCall().body().getJsonArray("messages");
        assertThat(model.nextCall().body().getJsonArray("messages")).isEqualTo(before);
        assertThat(replica().runs().find(run.id(), TestUsers.User.ADMIN.caller()).orElseThrow().output()).contains("It is 42.");
    }

    private static Optional<String> together(CountDownLatch both, String answer) throws InterruptedException {
        both.countDown();
        return Optional.of(both.await(5, TimeUnit.SECONDS) ? answer : "alone");
    }

    private static void awaitEnd(InputStream from) throws IOException {
        from.transferTo(OutputStream.nullOutputStream());
    }

    private Replica replica() throws Exception {
        if (replica.isEmpty()) {
            var way = new ToolServer.Address(address, Map.of(), ToolServer.Protocol.STREAMABLE_HTTP);
            var tools = new Tools(_ -> Optional.of(new ToolServer("files", way, Duration.ofSeconds(10), false)), Set.of());
            replica = Optional.of(Replica.start(postgres, model.address(), limits, new ToolAccess(tools, MOST_TURNS, patience,
                    LONGEST_RESULT), new ToolSelection(List.of(new ToolSelection.Server("server-1", "files")), allowed, disallowed)));
        }
        return replica.orElseThrow();
    }

    private Run submit() throws Exception {
        return replica().runs().submit(new RunRequest("agent-1", "Say hello", List.of()), TestUsers.User.ADMIN.caller());
    }

    private List<JsonObject> events(Run run) throws Exception {
        try (var reader = EventReader.follow(replica().address(), run.id(), Optional.empty())) {
            return reader.untilEnd().stream().map(frame -> object(frame.field("data"))).toList();
        }
    }

    private static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

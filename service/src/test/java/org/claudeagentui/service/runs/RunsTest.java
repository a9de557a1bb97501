package org.claudeagentui.service.runs;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.web.Page;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Runs from their beginning to their end, against a real PostgreSQL and a model API on a real socket. */
class RunsTest {

    private LocalPostgres postgres;
    private FakeModel model;
    private Replica replica;

    @BeforeEach
    void start() throws Exception {
        postgres = LocalPostgres.shared();
        model = FakeModel.start();
        replica = Replica.start(postgres, model.address());
    }

    @AfterEach
    void stop() throws Exception {
        if (replica != null) {
            replica.close();
            model.close();
        }
    }

    @Test
    void tellsAWholeRunInOrder() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Hello, ").text("wörld 🌍").end(7));
        Run run = submit();

        try (var reader = follow(replica, run, Optional.empty())) {
            List<EventReader.Frame> events = reader.untilEnd();
            assertThat(events).extracting(event -> event.field("event"))
                    .containsExactly("run.queued", "run.started", "turn.started", "usage", "text.delta", "text.delta", "usage",
                            "turn.completed",
                            "run.completed");
            assertThat(events).extracting(event -> event.field("id")).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
            JsonObject queued = json(events.get(0));
            assertThat(queued.getString("runId")).isEqualTo(run.id().toString());
            assertThat(queued.getString("agentName")).isEqualTo("Ada");
            assertThat(queued.getInt("position")).isZero();
            assertThat(json(events.get(1)).getBoolean("demo")).isTrue();
            assertThat(json(events.get(5)).getString("text")).isEqualTo("wörld 🌍");
            JsonObject last = json(events.get(8));
            assertThat(last.getString("stopReason")).isEqualTo("end_turn");
            assertThat(last.getJsonObject("usage").getBoolean("final")).isTrue();
            assertThat(reader.ends(Duration.ofSeconds(5))).isTrue();
        }
        Run ended = ended(run);
        assertThat(ended.state()).isEqualTo(RunState.COMPLETED);
        assertThat(ended.output()).contains("Hello, wörld 🌍");
        assertThat(ended.usage()).contains(new RunUsage(new TokenUsage(10, 7, 3, 4), true));
        // (10 + 3 * 1.25 + 4 * 0.1) * 1 + 7 * 5 dollars a million
        assertThat(ended.costUsd()).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(new BigDecimal("0.00004915")));
    }

    @Test
    void leavesALineForTheAuditWithoutAWordOfThePrompt() throws Exception {
        var lines = new LinkedBlockingQueue<String>();
        var audit = Logger.getLogger("audit");
        var listener = new StreamHandler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }
        };
        audit.addHandler(listener);
        audit.setLevel(Level.INFO);
        try {
            model.will(call -> call.streaming().begin(10).text("Hello").end(7));
            ended(submit());
            String line = Optional.ofNullable(lines.poll(5, TimeUnit.SECONDS)).orElseThrow();
            assertThat(line).startsWith("run ended: state=completed agentId=")
                    .contains(
                            "model=claude-haiku-4-5 inputTokens=10 outputTokens=7 cacheCreationInputTokens=3 cacheReadInputTokens=4 final=true"
                                    + " costUsd=0.00004915 milliseconds=")
                    .doesNotContainIgnoringCase("hello");
            assertThat(lines).isEmpty();
        } finally {
            audit.setLevel(null);
            audit.removeHandler(listener);
        }
    }

    @Test
    void asksAsTheAgentIsConfigured() throws Exception {
        model.will(call -> call.streaming().begin(1).end(1));
        submit();

        FakeModelCall call = model.nextCall();
        assertThat(call.header("x-api-key")).isEqualTo("key");
        assertThat(call.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(call.body()).isEqualTo(object("""
                {"model":"claude-haiku-4-5","max_tokens":100,"stream":true,"system":"Be brief.","temperature":0.5,"stop_sequences":["STOP"],
                 "messages":[{"role":"user","content":"Say hello"}]}"""));
    }

    @Test
    void replaysEveryEventByteForByteFromWhereverAReaderLeftOff() throws Exception {
        model.will(call -> call.streaming().begin(1).text("a\u0000b\"\\\n").text("½🌍").text("\u2028end").end(3));
        Run run = submit();
        List<String> live;
        try (var reader = follow(replica, run, Optional.empty())) {
            live = reader.untilEnd().stream().map(EventReader.Frame::text).toList();
        }

        for (int seen = 0; seen < live.size(); seen++) {
            try (var reader = follow(replica, run, Optional.of("" + seen))) {
                assertThat(reader.untilEnd()).extracting(EventReader.Frame::text).isEqualTo(live.subList(seen, live.size()));
            }
        }
        try (var reader = follow(replica, run, Optional.of("" + live.size()))) {
            assertThat(reader.response().statusCode()).isEqualTo(204);
        }
    }

    @Test
    void refusesToResumeFromWhatIsNoEvent() throws Exception {
        model.will(call -> call.streaming().begin(1).end(1));
        Run run = ended(submit());
        for (String wrong : List.of("x", "-1", "1.5", "", "9999999999999999999", "1000")) {
            try (var reader = follow(replica, run, Optional.of(wrong))) {
                assertThat(reader.response().statusCode()).as(wrong).isEqualTo(400);
            }
        }
        try (var reader = EventReader.follow(replica.address(), RunId.random(), Optional.empty())) {
            assertThat(reader.response().statusCode()).isEqualTo(404);
        }
    }

    @Test
    void executesAndStreamsInOneCall() throws Exception {
        model.will(call -> call.streaming().begin(1).text("hi").end(1));
        try (var reader = EventReader.execute(replica.address(), "agent-1", "{\"input\":\"Say hello\"}")) {
            assertThat(reader.next(Duration.ofSeconds(5)).text()).isEqualTo("retry: 2000\n");
            List<EventReader.Frame> events = reader.untilEnd();
            assertThat(reader.response().headers().firstValue("Location")).contains("/api/runs/" + json(events.getFirst()).getString(
                    "runId"));
            assertThat(reader.response().headers().firstValue("Content-Type")).contains("text/event-stream;charset=utf-8");
            assertThat(reader.response().headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(reader.response().headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void beatsWhileNothingHappens() throws Exception {
        model.will(call -> call.streaming().begin(1).stall());
        Run run = submit();
        try (var reader = follow(replica, run, Optional.empty())) {
            reader.until("usage");
            assertThat(reader.next(Duration.ofSeconds(5)).text()).isEqualTo(": heartbeat\n");
            assertThat(reader.next(Duration.ofSeconds(5)).text()).isEqualTo(": heartbeat\n");
        }
    }

    @Test
    void goesOnWhenItsReaderLeaves() throws Exception {
        var left = new CountDownLatch(1);
        model.will(call -> {
            call.streaming().begin(1).text("one");
            left.await(10, TimeUnit.SECONDS);
            // By then some heartbeats could not be delivered.
            call.pause(Duration.ofMillis(1_500));
            call.text("two").end(2);
        });
        Run run = submit();
        try (var reader = follow(replica, run, Optional.empty())) {
            reader.until("text.delta");
        }
        left.countDown();
        assertThat(ended(run).output()).contains("onetwo");
    }

    @Test
    void tellsTheRunsBehindTheWorkersTheirPlacesAndTakesThemInTurn() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.workersAndWaiting(limits, 1, 2));
        var first = new CountDownLatch(1);
        model.will(call -> {
            first.await(10, TimeUnit.SECONDS);
            call.streaming().begin(1).text("first").end(1);
        });
        model.will(call -> call.streaming().begin(1).text("second").end(1));
        model.will(call -> call.streaming().begin(1).text("third").end(1));
        List<Run> runs = List.of(submit(), submit(), submit());

        assertThatThrownBy(this::submit).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(
                503));
        for (int i = 0; i < 3; i++) {
            try (var reader = follow(replica, runs.get(i), Optional.empty())) {
                assertThat(json(reader.until("run.queued").getFirst()).getInt("position")).isEqualTo(i);
            }
        }
        first.countDown();
        assertThat(ended(runs.get(0)).output()).contains("first");
        assertThat(ended(runs.get(1)).output()).contains("second");
        assertThat(ended(runs.get(2)).output()).contains("third");
    }

    @Test
    void tellsARunThatWaitsWhenItComesNearerToItsTurn() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.workersAndWaiting(limits, 1, 3));
        var second = new CountDownLatch(1);
        model.will(call -> call.streaming().begin(1).stall());
        model.will(call -> {
            second.await(10, TimeUnit.SECONDS);
            call.streaming().begin(1).end(1);
        });
        model.will(call -> call.streaming().begin(1).end(1));
        List<Run> runs = List.of(submit(), submit(), submit());
        try (var reader = follow(replica, runs.get(2), Optional.empty())) {
            reader.until("run.queued");
            replica.runs().cancel(runs.get(0).id(), TestUsers.User.ADMIN.caller());
            assertThat(json(reader.until("run.queued").getLast()).getInt("position")).isEqualTo(1);
            second.countDown();
            assertThat(reader.untilEnd()).extracting(event -> event.field("event")).startsWith("run.started").endsWith("run.completed");
        }
    }

    @Test
    void keepsTheRunWhoseEventsAreDropped() throws Exception {
        model.will(call -> call.streaming().begin(1).text("kept").end(1));
        model.will(call -> call.streaming().begin(1).stall());
        Run old = ended(submit());
        Run going = submit();

        replica.retain(Duration.ZERO);

        try (var reader = follow(replica, old, Optional.empty())) {
            assertThat(reader.response().statusCode()).isEqualTo(410);
        }
        assertThat(replica.runs().find(old.id(), TestUsers.User.ADMIN.caller())).hasValueSatisfying(run -> assertThat(run.output())
                .contains("kept"));
        try (var reader = follow(replica, going, Optional.empty())) {
            assertThat(reader.until("usage")).isNotEmpty();
        }
    }

    @Test
    void refusesWhatCanNotBeRun() {
        assertRefused("agent-1", "  ", 422);
        assertRefused("agent-1", "x".repeat(1001), 422);
        assertRefused("agent-1", "\u0000", 422);
        assertRefused("agent-1", "\ud83d", 422);
        assertRefused("nobody", "Say hello", 404);
    }

    @Test
    void listsTheNewestFirst() throws Exception {
        model.will(call -> call.streaming().begin(1).end(1));
        model.will(call -> call.streaming().begin(1).end(1));
        Run older = ended(submit());
        Run newer = ended(submit());

        var page = listed(1, 2, true);
        assertThat(page.data()).extracting(Run::id).containsExactly(newer.id(), older.id());
        assertThat(page.total()).isGreaterThanOrEqualTo(2);
        assertThat(listed(2, 1, true).data()).extracting(Run::id).containsExactly(older.id());
        assertThat(listed((int) page.total(), 1, false).data()).extracting(Run::id).containsExactly(newer.id());
    }

    @Test
    void listsRunsOfAnAgentAndInSomeStates() throws Exception {
        model.will(call -> call.streaming().begin(1).end(1));
        Run completed = ended(submit());
        Run cancelled = submit();
        model.nextCall();
        replica.runs().cancel(cancelled.id(), TestUsers.User.ADMIN.caller());
        ended(cancelled);

        assertThat(listed("agent-1", RunState.COMPLETED)).contains(completed.id()).doesNotContain(cancelled.id());
        assertThat(listed("agent-1", RunState.QUEUED, RunState.CANCELLED)).contains(cancelled.id()).doesNotContain(completed.id());
        assertThat(listed("agent-1")).contains(completed.id(), cancelled.id());
        assertThat(listed("agent-2")).doesNotContain(completed.id(), cancelled.id());
    }

    private Page<Run> listed(int page, int pageSize, boolean newestFirst) {
        return replica.runs().list(new RunsQuery(page, pageSize, newestFirst, Optional.empty(), Optional.empty(), Set.of()));
    }

    private List<RunId> listed(String agent, RunState... states) {
        var query = new RunsQuery(1, 100, true, Optional.empty(), Optional.of(agent), Set.of(states));
        return replica.runs().list(query).data().stream().map(Run::id).toList();
    }

    private void assertRefused(String agent, String input, int status) {
        assertThatThrownBy(() -> replica.runs().submit(new RunRequest(agent, input, List.of()), TestUsers.User.ADMIN.caller()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> {
                            assertThat(e.problem().status()).isEqualTo(status);
                            assertThat(e.problem().errors()).isNotEmpty();
                        });
    }

    private Run submit() {
        return replica.runs().submit(new RunRequest("agent-1", "Say hello", List.of()), TestUsers.User.ADMIN.caller());
    }

    private Run ended(Run run) throws Exception {
        return Ends.of(replica, run);
    }

    private static EventReader follow(Replica replica, Run run, Optional<String> lastEventId) throws Exception {
        return EventReader.follow(replica.address(), run.id(), lastEventId);
    }

    private static JsonObject json(EventReader.Frame frame) {
        return object(frame.field("data"));
    }

    private static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.claude.FakeModelCall;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Runs while things around them break. */
class RunResilienceTest {

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
    void isSeenFromAnyReplicaAndCancelledFromAnyReplica() throws Exception {
        model.will(call -> call.streaming().begin(1).text("one").stall());
        Run run = submit();
        FakeModelCall call = model.nextCall();
        try (var other = Replica.start(postgres, model.address(), limits -> Limits.heartbeat(limits, Duration.ofSeconds(20)));
                var reader = EventReader.follow(other.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
            // By then the other replica listens.
            call.pause(Duration.ofSeconds(1));
            call.text("two");
            long written = System.nanoTime();
            assertThat(reader.until("text.delta").getLast().nanoTime() - written).isLessThan(Duration.ofMillis(400).toNanos());

            other.runs().cancel(run.id(), TestUsers.User.ADMIN.caller());
            call.hungUp().get(1, TimeUnit.SECONDS);
            assertThat(reader.untilEnd().getLast().field("event")).isEqualTo("run.cancelled");
        }
    }

    @Test
    void goesOnWithTheRunsOfAReplicaThatIsGone() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        model.will(call -> call.streaming().begin(10).text("There was").end(7));
        Run run = submit();
        List<EventReader.Frame> seen = new ArrayList<>();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            seen.addAll(reader.until("text.delta"));
        }
        replica.vanish();

        replica = Replica.start(postgres, model.address());
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.of(seen.getLast().field("id")))) {
            List<EventReader.Frame> rest = reader.untilEnd();
            assertThat(rest).extracting(event -> event.field("event"))
                    .containsExactly("turn.restarted", "usage", "text.delta", "usage", "turn.completed", "run.completed");
            seen.addAll(rest);
        }
        assertThat(seen).extracting(event -> event.field("id")).doesNotHaveDuplicates().hasSize(11);
        Run ended = replica.runs().find(run.id(), TestUsers.User.ADMIN.caller()).orElseThrow();
        assertThat(ended.output()).as("without what the first had said").contains("There was");
        assertThat(ended.usage()).as("the first answer's last word is missing")
                .contains(new RunUsage(new TokenUsage(20, 8, 6, 8), false));
        assertThat(ended.startedAt()).isPresent();
    }

    @Test
    void goesOnWithARunThatHadNotBegun() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.workersAndWaiting(limits, 1, 5));
        model.will(call -> call.streaming().begin(1).stall());
        submit();
        model.nextCall();
        Run waiting = submit();
        replica.vanish();
        model.will(call -> call.streaming().begin(3).text("my turn").end(2));
        model.will(call -> call.streaming().begin(3).text("my turn").end(2));

        replica = Replica.start(postgres, model.address());
        assertThat(Ends.of(replica, waiting).output()).contains("my turn");
    }

    @Test
    void endsARunWhoseTimeIsUpBeforeAnybodyGoesOnWithIt() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        Run run = submit();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }
        replica.vanish();

        replica = Replica.start(postgres, model.address(), limits -> Limits.timeout(limits, Duration.ofSeconds(1)));
        Run ended = Ends.of(replica, run);
        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.type()).endsWith(":run-timed-out"));
        assertThat(ended.output()).contains("Once upon");
    }

    @Test
    void cancelsARunThatNobodyWorksOn() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        Run run = submit();
        model.nextCall();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }
        replica.vanish();
        try (Connection connection = postgres.connect(); Statement statement = connection.createStatement()) {
            statement.execute("UPDATE runs.run SET cancel_requested = true WHERE id = '" + run.id() + "'");
        }

        replica = Replica.start(postgres, model.address());
        Run ended = Ends.of(replica, run);
        assertThat(ended.state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended.usage()).hasValueSatisfying(usage -> assertThat(usage.complete()).isFalse());
        assertThat(model.callsLeft()).as("the model is not asked again").isZero();
    }

    @Test
    void doesNotAskAgainWhenOnlyTheLastEventIsMissing() throws Exception {
        model.will(call -> call.streaming().begin(10).text("All said").end(7));
        Run run = Ends.of(replica, submit());
        model.nextCall();
        replica.vanish();
        try (Connection connection = postgres.connect(); Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM runs.run_event WHERE run_id = '" + run.id() + "' AND type = 'run.completed'");
            statement.execute("UPDATE runs.run SET state = 'running', ended_at = NULL, output = NULL, lease_until = now() WHERE id = '"
                    + run.id() + "'");
        }

        replica = Replica.start(postgres, model.address());
        Run ended = Ends.of(replica, run);
        assertThat(ended.state()).isEqualTo(RunState.COMPLETED);
        assertThat(ended.output()).contains("All said");
        assertThat(model.callsLeft()).isZero();
    }

    @Test
    void endsARunThatOutlivedTooManyReplicas() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Once upon").stall());
        Run run = submit();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
        }
        replica.vanish();
        try (Connection connection = postgres.connect(); Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    INSERT INTO runs.run_event (run_id, seq, format, type, data)
                    SELECT run_id, seq + n, format, 'turn.restarted', '{"turn":1,"reason":"The service that worked on it is gone; another goes on from the last finished turn."}'
                    FROM (SELECT * FROM runs.run_event WHERE run_id = '%s' ORDER BY seq DESC LIMIT 1) AS newest, generate_series(1, 5) AS n"""
                            .formatted(run.id()));
        }

        replica = Replica.start(postgres, model.address());
        Run ended = Ends.of(replica, run);
        assertThat(ended.error()).hasValueSatisfying(error -> assertThat(error.type()).endsWith(":run-interrupted"));
        assertThat(ended.usage()).hasValueSatisfying(usage -> assertThat(usage.complete()).isFalse());
    }

    @Test
    void leavesARunAloneThatItsReplicaKeepsAlive() throws Exception {
        var leaseLapsed = new CountDownLatch(1);
        model.will(call -> {
            call.streaming().begin(1).text("slow");
            while (leaseLapsed.getCount() > 0) {
                call.event("ping", "{\"type\":\"ping\"}").pause(Duration.ofMillis(200));
            }
            call.text(" but sure").end(2);
        });
        Run run = submit();
        try (var other = Replica.start(postgres, model.address())) {
            model.nextCall().pause(Replica.LIMITS.lease().plusSeconds(2));
            leaseLapsed.countDown();
            assertThat(Ends.of(other, run).output()).contains("slow but sure");
        }
    }

    @Test
    void goesOnWhereItWasWhenTheDatabaseComesBackThoughItsLeaseHasLapsed() throws Exception {
        model.will(call -> {
            call.streaming().begin(1);
            for (int i = 0; i < 400; i++) {
                call.text("word" + i + " ").pause(Duration.ofMillis(5));
            }
            call.end(400);
        });
        Run run = submit();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            int before = reader.until("text.delta").size();
            postgres.kill();
            model.nextCall().pause(Replica.LIMITS.lease().plusMillis(500));
            postgres.restart();
            List<EventReader.Frame> after = reader.untilEnd();
            assertThat(after.getLast().field("event")).isEqualTo("run.completed");
            assertThat(after).extracting(event -> Long.parseLong(event.field("id")))
                    .containsExactlyElementsOf(LongStream.rangeClosed(before + 1L, before + after.size()).boxed().toList());
            assertThat(after).filteredOn(event -> event.field("event").equals("text.delta")).hasSize(399);
        }
    }

    @Test
    void endsWithinItsPatienceWhenTheDatabaseStaysAway() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.journalPatience(limits, Duration.ofSeconds(2)));
        model.will(call -> {
            call.streaming().begin(1);
            while (!call.hungUp().isDone()) {
                call.text("word ").pause(Duration.ofMillis(5));
            }
        });
        Run run = submit();
        FakeModelCall call = model.nextCall();
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            reader.until("text.delta");
            postgres.kill();
            try {
                call.hungUp().get(15, TimeUnit.SECONDS);
                assertThat(reader.ends(Duration.ofSeconds(15))).isTrue();
                assertThatThrownBy(this::submit)
                        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(503));
            } finally {
                postgres.restart();
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> replica.runs().find(run.id(), TestUsers.User.ADMIN.caller()).isPresent());
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            List<EventReader.Frame> events = reader.untilEnd();
            assertThat(events.getLast().field("event")).isEqualTo("run.failed");
            assertThat(events).extracting(event -> Long.parseLong(event.field("id")))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
        }
    }

    @Test
    void slowsNobodyForAReaderThatDoesNotReadAndSendsItAwayInTheEnd() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.streams(limits, 1));
        model.will(call -> {
            call.streaming().begin(1);
            for (int i = 0; i < 4_000; i++) {
                call.text("x".repeat(4_000));
            }
            call.end(4_000);
        });
        Run run = submit();
        try (var stuck = new Socket(InetAddress.getLoopbackAddress(), replica.address().getPort())) {
            stuck.getOutputStream()
                    .write(("GET /api/runs/" + run.id() + "/events HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> replica.runs().find(run.id(), TestUsers.User.ADMIN.caller()).orElseThrow().state() == RunState.COMPLETED);
            await().atMost(Duration.ofSeconds(10)).until(() -> statusOfAnotherStream(run) == 200);
        }
    }

    @Test
    void keepsStreamsWithinTheirNumber() throws Exception {
        replica.close();
        replica = Replica.start(postgres, model.address(), limits -> Limits.streams(limits, 1));
        model.will(call -> call.streaming().begin(1).stall());
        Run run = submit();
        try (var first = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            first.until("usage");
            try (var second = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
                assertThat(second.response().statusCode()).isEqualTo(503);
            }
        }
    }

    @Test
    void letsRunsGoOnForAWhileWhenTheServiceIsStopped() throws Exception {
        var draining = new CountDownLatch(1);
        model.will(call -> {
            call.streaming().begin(1).text("nearly");
            draining.await(10, TimeUnit.SECONDS);
            call.text(" done").end(2);
        });
        model.will(call -> call.streaming().begin(1).text("far from it").pinging());
        Run quick = submit();
        model.nextCall();
        Run slow = submit();
        model.nextCall();
        try (var quickReader = EventReader.follow(replica.address(), quick.id(), Optional.empty());
                var slowReader = EventReader.follow(replica.address(), slow.id(), Optional.empty())) {
            slowReader.until("text.delta");
            Thread drain = Thread.ofVirtual().start(replica.runs()::drain);
            awaitRefusal();
            draining.countDown();
            assertThat(quickReader.untilEnd().getLast().field("event")).isEqualTo("run.completed");
            assertThat(slowReader.untilTheStreamEnds()).as("it is left to another replica").isEmpty();
            assertThat(drain.join(Duration.ofSeconds(5))).isTrue();
        }
        replica.close();
        model.will(call -> call.streaming().begin(1).text("here at last").end(2));
        long asked = System.nanoTime();
        replica = Replica.start(postgres, model.address());
        assertThat(Ends.of(replica, slow).output()).contains("here at last");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).as("no lease has to lapse").isLessThan(Duration.ofSeconds(2));
    }

    private int statusOfAnotherStream(Run run) throws Exception {
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            return reader.response().statusCode();
        }
    }

    /** A run that is still taken is one too many for the model's scripts, and ends at once. */
    private void awaitRefusal() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            try {
                submit();
            } catch (ProblemException e) {
                assertThat(e.problem().status()).isEqualTo(503);
                if (e.problem().detail().contains("is being stopped")) {
                    return;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("runs are still taken");
    }

    private Run submit() {
        return replica.runs().submit(new RunRequest("agent-1", "Tell a story", List.of()), TestUsers.User.ADMIN.caller());
    }
}

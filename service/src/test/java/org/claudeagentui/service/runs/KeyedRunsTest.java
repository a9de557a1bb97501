package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.idempotency.KeyedRequest;
import org.claudeagentui.service.security.TestUsers;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Requests for runs that bring a key, at two replicas. */
class KeyedRunsTest {

    private static final int AT_ONCE = 8;

    @AutoClose
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private LocalPostgres postgres;
    private FakeModel model;
    private Replica one;
    private Replica other;

    @BeforeEach
    void start() throws Exception {
        postgres = LocalPostgres.shared();
        model = FakeModel.start();
        one = Replica.start(postgres, model.address());
        other = Replica.start(postgres, model.address());
    }

    @AfterEach
    void stop() throws Exception {
        if (other != null) {
            one.close();
            other.close();
            model.close();
        }
    }

    @Test
    void theSameRequestIsForTheSameRunWhoeverIsAsked() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        KeyedRequest key = key();

        Run first = submit(one, key, "Say hello");
        Run again = submit(one, key, "Say hello");
        Run elsewhere = submit(other, key, "Say hello");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(elsewhere.id()).isEqualTo(first.id());
        assertThat(runs("Say hello", first)).isEqualTo(1);
        try (var reader = EventReader.follow(other.address(), elsewhere.id(), Optional.empty())) {
            assertThat(reader.untilEnd().getFirst().text()).contains("run.queued", "id: 1");
        }
    }

    @Test
    void ofManyAtOnceOneBeginsARun() throws Exception {
        for (int round = 0; round < 5; round++) {
            model.will(call -> call.streaming().begin(10).text("Hello").end(2));
            KeyedRequest key = key();
            List<Future<Run>> asked = IntStream.range(0, AT_ONCE)
                    .mapToObj(index -> clients.submit(() -> submit(index % 2 == 0 ? one : other, key, "Only once")))
                    .toList();

            assertThat(asked).allSatisfy(run -> assertThat(run).succeedsWithin(Duration.ofSeconds(10)));
            List<RunId> ids = asked.stream().map(Future::resultNow).map(Run::id).distinct().toList();
            assertThat(ids).hasSize(1);
            assertThat(keyed(key)).containsExactly(ids.getFirst().toString());
        }
        assertThat(count("SELECT count(*) FROM run WHERE input = 'Only once'")).isEqualTo(5);
    }

    @Test
    void anotherRequestWithTheKeyIsRefused() {
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        KeyedRequest key = key();
        submit(one, key, "Say hello");

        assertThatThrownBy(() -> submit(other, new KeyedRequest(key.key(), key().body()), "Say goodbye"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(422);
                    assertThat(e.problem().errors()).singleElement()
                            .satisfies(error -> assertThat(error.field()).isEqualTo(
                                    "Idempotency-Key"));
                });
    }

    @Test
    void aRequestThatWasRefusedTakesNoKey() {
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        KeyedRequest key = key();
        assertThatThrownBy(() -> one.runs()
                .submit(new RunRequest("nobody", "Say hello", List.of()).keyed(Optional.of(key)), TestUsers.User.ADMIN.caller()))
                .isInstanceOf(ProblemException.class);

        assertThat(submit(one, key, "Say hello").input()).isEqualTo("Say hello");
    }

    @Test
    void whoWasKilledAfterTheRunWasTakenInLeavesTheRunToItsKey() throws Exception {
        model.will(call -> call.streaming().begin(10).stall());
        KeyedRequest key = key();
        Run first = submit(one, key, "Say hello");
        one.vanish();
        one = Replica.start(postgres, model.address());

        assertThat(submit(other, key, "Say hello").id()).isEqualTo(first.id());
    }

    @Test
    void keysAreForgottenAfterADay() throws Exception {
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        model.will(call -> call.streaming().begin(10).text("Hello").end(2));
        KeyedRequest old = key();
        KeyedRequest young = key();
        submit(one, old, "Say hello");
        submit(one, young, "Say hello");
        execute("UPDATE idempotency_key SET created_at = created_at - interval '24 h 1 s' WHERE id = decode('" + old.key() + "', 'hex')");
        execute("UPDATE idempotency_key SET created_at = created_at - interval '23 h 59 min' WHERE id = decode('" + young.key()
                + "', 'hex')");

        one.retain(Duration.ofDays(30));

        assertThat(keyed(old)).isEmpty();
        assertThat(keyed(young)).hasSize(1);
    }

    private static Run submit(Replica replica, KeyedRequest key, String input) {
        return replica.runs().submit(new RunRequest("agent-1", input, List.of()).keyed(Optional.of(key)), TestUsers.User.ADMIN.caller());
    }

    private static KeyedRequest key() {
        return new KeyedRequest(random(), random());
    }

    private static String random() {
        var bytes = new byte[32];
        new Random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private long runs(String input, Run run) throws SQLException {
        return count("SELECT count(*) FROM run WHERE input = '" + input + "' AND created_at >= '" + run.createdAt() + "'");
    }

    private long count(String sql) throws SQLException {
        try (var connection = postgres.connect(); var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private List<String> keyed(KeyedRequest key) throws SQLException {
        try (var connection = postgres.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT run_id FROM idempotency_key WHERE id = decode('" + key.key() + "', 'hex')")) {
            var ids = new ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.FakeModel;
import org.claudeagentui.service.security.TestUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** How long an event takes from the model's socket to the reader's, by way of the journal. */
class LatencyTest {

    private static final int EVENTS = 1_000;

    private FakeModel model;
    private Replica replica;

    @BeforeEach
    void start() throws Exception {
        LocalPostgres postgres = LocalPostgres.shared();
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
    void handsEventsOnAsTheyCome() throws Exception {
        stream();
        long[] nanos = stream();
        long median = nanos[nanos.length / 2];
        long late = nanos[nanos.length * 99 / 100];
        System.getLogger(LatencyTest.class.getName())
                .log(System.Logger.Level.INFO, "added latency of {0} events: p50 {1} µs, p99 {2} µs, max {3} µs", nanos.length, median
                        / 1_000,
                        late / 1_000, nanos[nanos.length - 1] / 1_000);
        assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(30));
        assertThat(Duration.ofNanos(nanos[nanos.length - 1])).isLessThan(Duration.ofSeconds(1));
    }

    private long[] stream() throws Exception {
        var written = new ConcurrentLinkedQueue<Long>();
        model.will(call -> {
            call.streaming().begin(1);
            for (int i = 0; i < EVENTS; i++) {
                written.add(System.nanoTime());
                call.text("word ").pause(Duration.ofMillis(4));
            }
            call.end(EVENTS);
        });
        Run run = replica.runs().submit(new RunRequest("agent-1", "Tell a story", List.of()), TestUsers.User.ADMIN.caller());
        try (var reader = EventReader.follow(replica.address(), run.id(), Optional.empty())) {
            List<EventReader.Frame> texts = reader.untilEnd().stream().filter(frame -> frame.field("event").equals("text.delta")).toList();
            assertThat(texts).hasSize(EVENTS);
            long[] nanos = texts.stream().mapToLong(frame -> frame.nanoTime() - written.remove()).toArray();
            Arrays.sort(nanos);
            return nanos;
        }
    }
}

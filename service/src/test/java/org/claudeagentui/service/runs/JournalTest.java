package org.claudeagentui.service.runs;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What is written, by whom, and what stays out. */
class JournalTest {

    private static final Duration NO_LEASE = Duration.ofMillis(-1);

    private LocalPostgres postgres;
    private HikariDataSource pool;
    private LastingConnection writers;
    private Journal journal;
    private JournalWriter writer;

    @BeforeEach
    void open() throws Exception {
        postgres = LocalPostgres.shared();
        pool = postgres.pool();
        writers = new LastingConnection(postgres::connect);
        journal = journal(Duration.ofMinutes(1));
        writer = new JournalWriter(journal, new EventFeed(journal), Duration.ofSeconds(1));
        writer.start();
    }

    @AfterEach
    void close() {
        if (pool != null) {
            writer.close();
            writers.close();
            pool.close();
        }
    }

    @Test
    void takesACommitOfUnknownOutcomeTwice() {
        Run run = accepted("Ada");
        var tenure = Tenure.first();
        List<JournalEntry> entries = List.of(entry(tenure, run, 1), entry(tenure, run, 2));

        assertThat(journal.commit(entries)).containsExactly(run.id());
        assertThat(journal.commit(entries)).containsExactly(run.id());
        assertThat(journal.events(run.id(), 0, 10)).extracting(StoredEvent::seq).containsExactly(1L, 2L);
    }

    @Test
    void refusesAWriterWhoseRunWasTakenOver() {
        Run run = accepted("Ada");
        var tenure = Tenure.first();
        journal(NO_LEASE).commit(List.of(entry(tenure, run, 1)));

        Journal.Taken taken = journal.takeOver(false, Set.of(), 1_000)
                .stream()
                .filter(it -> it.run().id().equals(run.id()))
                .findFirst()
                .orElseThrow();
        assertThat(journal.commit(List.of(entry(tenure, run, 2)))).isEmpty();
        assertThat(journal.lastSeq(run.id())).isEqualTo(1);
        assertThat(journal.commit(List.of(entry(taken.tenure(), taken.run(), 2)))).containsExactly(run.id());
        assertThat(journal.takeOver(false, Set.of(), 1_000)).extracting(it -> it.run().id()).doesNotContain(run.id());
    }

    @Test
    void letsNoOtherRunSufferForOneThatCanNotBeWritten() throws Exception {
        var poison = entry(Tenure.first(), accepted("A\u0000da"), 1);
        var good = entry(Tenure.first(), accepted("Ada"), 1);
        // Both wait while the first commit is made, so that they meet in the second.
        var first = entry(Tenure.first(), accepted("Ada"), 1);
        List.of(first, poison, good).forEach(writer::add);

        good.committed().get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> poison.committed().get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(JournalException.class);
        assertThat(journal.run(good.run().id())).isPresent();
    }

    @Test
    void keepsWhatFollowsAnEventThatWasGivenUpOutOfTheRun() throws Exception {
        Run run = accepted("Ada");
        var tenure = Tenure.first();
        commit(entry(tenure, run, 1));
        postgres.kill();
        JournalEntry givenUp = entry(tenure, run, 2);
        try {
            writer.add(givenUp);
            assertThatThrownBy(() -> givenUp.committed().get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        } finally {
            postgres.restart();
        }
        commit(entry(Tenure.first(), accepted("Eve"), 1));

        JournalEntry later = entry(tenure, run, 3);
        writer.add(later);
        assertThatThrownBy(() -> later.committed().get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RunLost.class);
        // The readers' pool may need a moment to notice that the database is back.
        assertThat(await().atMost(Duration.ofSeconds(20))
                .ignoreExceptionsInstanceOf(JournalException.class)
                .until(() -> journal.lastSeq(run.id()), _ -> true)).isEqualTo(1);
    }

    /** The writer may need a moment to notice that the database is back. */
    private void commit(JournalEntry entry) throws Exception {
        for (int attempt = 1;; attempt++) {
            var again = new JournalEntry(Tenure.first(), entry.run(), entry.key(), entry.rowChanged(), entry.event(),
                    new CompletableFuture<>());
            writer.add(again);
            try {
                again.committed().get(20, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException e) {
                assertThat(attempt).as("%s", e.getCause()).isLessThan(20);
            }
        }
    }

    private Journal journal(Duration lease) {
        return new Journal(writers.client(), LocalPostgres.client(pool), UUID.randomUUID(), lease);
    }

    private static Run accepted(String agentName) {
        return Run.accepted(RunId.random(), "a1", agentName, new RunUser("u1", "Eve"), "hi", List.of(), Instant.now());
    }

    private static JournalEntry entry(Tenure tenure, Run run, long seq) {
        RunEvent event = seq == 1 ? new RunEvent.Queued("a1", "Ada", 0) : new RunEvent.TextDelta(1, "word");
        var stored = new StoredEvent(seq, event.type(), EventJson.write(run.id(), seq, run.createdAt(), event));
        return new JournalEntry(tenure, run, Optional.empty(), seq == 1, stored, new CompletableFuture<>());
    }
}

package org.claudeagentui.service.runs;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.web.Page;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runs and their events in PostgreSQL. Every method throws {@link JournalException} when the database is away. */
final class Journal {

    private static final int INPUT_EXCERPT = 200;
    private static final int EVENTS_AT_ONCE = 500;

    private final DbClient writer;
    private final DbClient readers;
    private final UUID owner;
    private final Duration lease;

    /**
     * A journal.
     *
     * @param writer for those who write runs, so that no reader can keep them from it
     * @param readers for all others
     * @param owner names this replica; new at each of its starts
     * @param lease how long a run stays this replica's without a renewal
     */
    Journal(DbClient writer, DbClient readers, UUID owner, Duration lease) {
        this.writer = writer;
        this.readers = readers;
        this.owner = owner;
        this.lease = lease;
    }

    /**
     * Writes events, and the runs that they begin or change, in one commit.
     *
     * @return the runs that are still this replica's; nothing was written of the others
     */
    List<RunId> commit(List<JournalEntry> entries) {
        return query(writer, "write", JournalSql.COMMIT, Journal::id, JournalBatch.json(entries), owner, lease.toMillis());
    }

    /** The events after the one with that number, in order, at most so many. */
    List<StoredEvent> events(RunId run, long after, int limit) {
        return read("read events", JournalSql.EVENTS, Journal::event, run.value(), after, limit);
    }

    /** The number of a run's last event, 0 when there is none. */
    long lastSeq(RunId run) {
        return read("read events", JournalSql.LAST_SEQ, row -> row.column("seq").get(Long.class), run.value()).getFirst();
    }

    /** The run with that id. */
    Optional<Run> run(RunId id) {
        return read("read a run", JournalSql.RUN, RunRow::read, id.value()).stream().findFirst();
    }

    /** A page of runs, with the beginnings of their inputs and without their outputs. */
    Page<Run> runs(RunsQuery query) {
        String user = query.userId().orElse("");
        String agent = query.agentId().orElse("");
        String states = query.states().stream().map(RunState::wireName).sorted().collect(Collectors.joining(","));
        long total = read("count runs", JournalSql.RUN_COUNT, row -> row.column("total").get(Long.class), user, user, agent, agent, states,
                states).getFirst();
        String sql = query.newestFirst() ? JournalSql.NEWEST_RUNS : JournalSql.OLDEST_RUNS;
        List<Run> runs = read("list runs", sql, RunRow::read, INPUT_EXCERPT, user, user, agent, agent, states, states, query.pageSize(),
                query
                        .passedOver());
        return new Page<>(runs, query.page(), query.pageSize(), total);
    }

    /** What runs took and cost, by day, agent and user, the latest day first. */
    List<UsageShare> usage(UsageQuery query) {
        return read("sum up usage", JournalSql.USAGE, Journal::share, query.from().toString(), query.to().plusDays(1).toString(),
                query.agentId().orElse(""), query.userId().orElse(""));
    }

    /** Prolongs the leases of these runs; tells of those that are this replica's still whether they are to be cancelled. */
    Map<RunId, Boolean> renew(Collection<RunId> runs) {
        return query(writer, "renew leases", JournalSql.RENEW, row -> Map.entry(id(row), row.column("cancel_requested").get(Boolean.class)),
                lease.toMillis(), owner, json(runs)).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Tells the run's owner, whichever replica that is, to cancel it. Does nothing to a run that has ended. */
    void requestCancel(RunId run) {
        query(readers, "ask for a cancellation", JournalSql.REQUEST_CANCEL, Journal::id, run.value());
    }

    /** Leaves all runs of this replica that have not ended to whoever wants them. */
    List<RunId> release() {
        return query(readers, "release runs", JournalSql.RELEASE, Journal::id, owner);
    }

    /**
     * Makes runs whose owner let its lease lapse, or released them, this replica's own, at most so many.
     *
     * @param released whether only those that were released
     * @param busy the runs that are worked on here, whoever owns them by now: they must not be worked on twice
     */
    List<Taken> takeOver(boolean released, Collection<RunId> busy, int limit) {
        return query(readers, "take runs over", JournalSql.TAKE_OVER, Journal::taken, owner, lease.toMillis(), released, json(busy), limit);
    }

    /** All events of a run, in order. */
    List<StoredEvent> events(RunId run) {
        List<StoredEvent> all = new ArrayList<>();
        List<StoredEvent> some;
        do {
            some = events(run, all.isEmpty() ? 0 : all.getLast().seq(), EVENTS_AT_ONCE);
            all.addAll(some);
        } while (some.size() == EVENTS_AT_ONCE);
        return all;
    }

    /**
     * Drops the events of runs that ended so long ago, of so many at most.
     *
     * @return how many runs those were
     */
    int dropEvents(Duration age, int limit) {
        return query(readers, "drop old events", JournalSql.DROP_EVENTS, Journal::id, age.toMillis(), limit).size();
    }

    private <T> List<T> read(String what, String sql, Function<DbRow, T> reader, Object... parameters) {
        return query(readers, what, sql, reader, parameters);
    }

    private static <T> List<T> query(DbClient database, String what, String sql, Function<DbRow, T> reader, Object... parameters) {
        try (Stream<DbRow> rows = database.execute().query(sql, parameters)) {
            return rows.map(reader).toList();
        } catch (DbClientException e) {
            throw JournalException.of(what, e);
        }
    }

    private static String json(Collection<RunId> runs) {
        return runs.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static RunId id(DbRow row) {
        return new RunId(UUID.fromString(row.column("id").get(String.class)));
    }

    private static Taken taken(DbRow row) {
        return new Taken(RunRow.read(row), new Tenure(row.column("epoch").get(Integer.class)), row.column("cancel_requested")
                .get(Boolean.class));
    }

    private static UsageShare share(DbRow row) {
        return new UsageShare(
                LocalDate.parse(row.column("day").get(String.class)),
                row.column("agent_id").get(String.class),
                row.column("agent_name").get(String.class),
                Optional.ofNullable(row.column("user_id").get(String.class))
                        .map(id -> new RunUser(id, row.column("user_name").get(String.class))),
                row.column("runs").get(Long.class),
                new RunUsage(new TokenUsage(row.column("input").get(Long.class), row.column("output").get(Long.class),
                        row.column("cache_creation").get(Long.class), row.column("cache_read").get(Long.class)),
                        row.column("complete").get(Boolean.class)),
                Optional.ofNullable(row.column("cost").get(BigDecimal.class)),
                row.column("unpriced").get(Long.class));
    }

    private static StoredEvent event(DbRow row) {
        return new StoredEvent(
                row.column("seq").get(Long.class), row.column("type").get(String.class), row.column("data").get(String.class));
    }

    /**
     * A run that was taken over.
     *
     * @param run the run as its owner left it
     * @param tenure the right to write it
     * @param cancelRequested whether somebody wants it cancelled
     */
    record Taken(Run run, Tenure tenure, boolean cancelRequested) {}
}

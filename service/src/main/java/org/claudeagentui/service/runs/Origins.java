package org.claudeagentui.service.runs;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import org.claudeagentui.service.web.Page;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** What runs were made for, in PostgreSQL. Every method throws {@link JournalException} when the database is away. */
final class Origins {

    private static final int INPUT_EXCERPT = 200;

    private final DbClient database;

    Origins(DbClient database) {
        this.database = database;
    }

    /** Announces a run; does nothing where its origin has one at a time and has one. */
    boolean add(RunId run, RunOrigin origin) {
        return changed("announce a run", OriginSql.ADD, run.value(), origin.kind().wireName(), origin.id());
    }

    /** What keeps a chat from having another turn. */
    Optional<Turn> turn(RunOrigin chat) {
        return query("look for a turn", OriginSql.TURN, Origins::turn, chat.id(), chat.id()).stream().findFirst();
    }

    /** Keeps what a run is to begin with; false where it was announced too long ago. */
    boolean keep(RunId run, RunContext context) {
        return changed("keep a context", OriginSql.KEEP, context.toJson(), run.value());
    }

    /** What a run began with. */
    RunContext context(RunId run) {
        return query("read a context", OriginSql.CONTEXT, row -> row.column("context").get(String.class), run.value()).stream()
                .findFirst()
                .map(RunContext::of)
                .orElse(RunContext.NONE);
    }

    /** Takes an announcement back. Should there be the run after all, it still finds its context. */
    void release(RunId run) {
        changed("take an announcement back", OriginSql.RELEASE, run.value());
    }

    /** One report that is due, which nobody else is given for that long. */
    Optional<Claim> claim(Duration lease) {
        return query("look for reports", OriginSql.CLAIM, Origins::claim, lease.toMillis()).stream().findFirst();
    }

    /** The report of a run, due or not, if one is left. */
    Optional<Claim> claim(RunId run, Duration lease) {
        return query("look for a report", OriginSql.CLAIM_ONE, Origins::claim, lease.toMillis(), run.value()).stream().findFirst();
    }

    /** Notes that a report was taken. If a later run of the same origin was told of meanwhile, that is to be told again. */
    void told(RunReport report) {
        RunState state = report.run().state();
        changed("note a report", OriginSql.TOLD, state.wireName(), state.ended(), report.run().id().value());
        if (report.latest() && report.origin().kind() == RunOrigin.Kind.TASK) {
            changed("note a report", OriginSql.TELL_LATEST_AGAIN, report.origin().id(), report.run().id().value());
        }
    }

    /** Has a report told later. */
    void postpone(RunId run, Duration pause) {
        changed("postpone a report", OriginSql.POSTPONE, pause.toMillis(), run.value());
    }

    /** Has nothing more told of a run. */
    void giveUp(RunId run) {
        changed("give a report up", OriginSql.GIVE_UP, run.value());
    }

    /** Forgets announcements that no run came of. */
    void tidy() {
        changed("forget announcements", OriginSql.TIDY);
    }

    /** A page of the runs of an origin, with the beginnings of their inputs and without their outputs. Pages count from 1. */
    Page<Run> runs(RunOrigin origin, int page, int pageSize, boolean newestFirst) {
        long total = query("count runs", OriginSql.RUN_COUNT, row -> row.column("total").get(Long.class), origin.kind().wireName(), origin
                .id()).getFirst();
        String sql = newestFirst ? OriginSql.NEWEST_RUNS : OriginSql.OLDEST_RUNS;
        return new Page<>(query("list runs", sql, RunRow::read, INPUT_EXCERPT, origin.kind().wireName(), origin.id(), pageSize,
                (page - 1L) * pageSize), page, pageSize, total);
    }

    private boolean changed(String what, String sql, Object... parameters) {
        return !query(what, sql, Function.identity(), parameters).isEmpty();
    }

    private <T> List<T> query(String what, String sql, Function<DbRow, T> reader, Object... parameters) {
        try (Stream<DbRow> rows = database.execute().query(sql, parameters)) {
            return rows.map(reader).toList();
        } catch (DbClientException e) {
            throw JournalException.of(what, e);
        }
    }

    private static Turn turn(DbRow row) {
        return new Turn(new RunId(row.column("run_id").get(UUID.class)), Optional.ofNullable(row.column("state").get(String.class))
                .map(RunState::of));
    }

    private static Claim claim(DbRow row) {
        var origin = new RunOrigin(RunOrigin.Kind.of(row.column("kind").get(String.class)), row.column("subject").get(String.class));
        boolean first = row.column("first").get(Boolean.class);
        return new Claim(new RunReport(origin, RunRow.read(row), first, row.column("latest").get(Boolean.class)), row.column("attempts")
                .get(Integer.class));
    }

    /**
     * A turn of a chat.
     *
     * @param run its run
     * @param state the run's state; nothing where the run is not there yet
     */
    record Turn(RunId run, Optional<RunState> state) {}

    /**
     * A report that is to be told.
     *
     * @param report the report
     * @param attempts how often that has been begun, this time included
     */
    record Claim(RunReport report, int attempts) {}
}

package org.claudeagentui.service.idempotency;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The keys in PostgreSQL. Where that is away every method throws a {@link ProblemException}, as nothing can be said of a key then. */
public final class Keys {
    /** How long at least a key is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    private static final int MOST = 100_000;
    private static final int AT_ONCE = 1_000;
    private static final int MOST_ATTEMPTS = 3;

    private final DbClient database;

    /**
     * Keys.
     *
     * @param database where they are kept
     */
    public Keys(DbClient database) {
        this.database = database;
    }

    /**
     * The run that a request was answered with, by its id. It is written with the run itself.
     *
     * @throws ProblemException if the key was another request's
     */
    public Optional<String> run(KeyedRequest request) {
        return find(request).flatMap(Kept::run);
    }

    /** Forgets keys that are old, and the oldest ones where there are very many. */
    public void forget() {
        while (updated(KeysSql.FORGET, KEPT.toMillis(), AT_ONCE) == AT_ONCE) {
            // There may be more.
        }
        forgetAllBut(MOST);
    }

    /** Forgets all but so many keys, the oldest ones. */
    void forgetAllBut(int most) {
        while (updated(KeysSql.FORGET_OLDEST, most, AT_ONCE) == AT_ONCE) {
            // There may be more.
        }
    }

    /**
     * Asks to be the first one with a key.
     *
     * @param made the id for what it makes, if nobody has claimed the key before
     * @param patience how long it may take to end; then another may have the claim
     * @throws ProblemException if the key was another request's
     */
    Claim claim(KeyedRequest request, String made, Duration patience) {
        for (var attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            var token = UUID.randomUUID();
            Optional<String> granted = queried(KeysSql.CLAIM, row -> row.column("made").get(String.class), request.key(), request.body(),
                    token, made, patience.toMillis());
            if (granted.isPresent()) {
                return new Claim.Granted(token, granted.get());
            }
            Optional<Kept> kept = find(request);
            if (kept.isPresent()) {
                return kept.get().answer().<Claim>map(Claim.Answered::new).orElseGet(Claim.Busy::new);
            }
            // It was released in between.
        }
        return new Claim.Busy();
    }

    /** Keeps the answer, if the claim is still that of whoever has the token. */
    void answer(KeyedRequest request, UUID token, KeptAnswer answer) {
        updated(KeysSql.ANSWER, answer.status(), answer.location(), answer.tag().orElse(""), answer.body(), request.key(), token);
    }

    /** Gives the claim back, as nothing was made. */
    void release(KeyedRequest request, UUID token) {
        updated(KeysSql.RELEASE, request.key(), token);
    }

    private Optional<Kept> find(KeyedRequest request) {
        Optional<Kept> kept = queried(KeysSql.FIND, Kept::read, request.body(), request.key());
        if (kept.filter(found -> !found.same()).isPresent()) {
            throw new ProblemException(new Problem("invalid", 422, "Some fields are wrong",
                    "This Idempotency-Key was that of a request with another body: take a new key for a new request.",
                    List.of(new FieldError(IdempotencyKey.HEADER, "was that of a request with another body"))));
        }
        return kept;
    }

    private <T> Optional<T> queried(String sql, Function<DbRow, T> reader, Object... parameters) {
        return asked(() -> {
            try (Stream<DbRow> rows = database.execute().query(sql, parameters)) {
                return rows.map(reader).findFirst();
            }
        });
    }

    private long updated(String sql, Object... parameters) {
        return asked(() -> database.execute().dml(sql, parameters));
    }

    private static <T> T asked(Supplier<T> statement) {
        try {
            return statement.get();
        } catch (DbClientException e) {
            throw new ProblemException(Problem.unavailable("The keys of requests can't be looked up: try again in a moment."), e);
        }
    }

    /**
     * A key that is known.
     *
     * @param same whether the request is the one that it was first brought by
     * @param run the run that was its answer
     * @param answer its answer, where that was none
     */
    private record Kept(boolean same, Optional<String> run, Optional<KeptAnswer> answer) {

        static Kept read(DbRow row) {
            return new Kept(row.column("same").get(Boolean.class), text(row, "run_id"), text(row, "body").map(body -> new KeptAnswer(
                    row.column("status").get(Integer.class), row.column("location").get(String.class), text(row, "entity_tag"), body)));
        }

        private static Optional<String> text(DbRow row, String column) {
            return Optional.ofNullable(row.column(column).get(String.class));
        }
    }
}

package org.claudeagentui.service.security;

import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbRow;
import jakarta.inject.Inject;
import org.claudeagentui.service.database.Database;
import org.claudeagentui.service.wiring.Single;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sessions, tokens and failed sign-ins in PostgreSQL. Every method throws {@link StoreException} when that is away. */
@Single
final class SecurityStore {
    /** Where revocations are announced. */
    static final String CHANNEL = "revocations";

    private static final int MOST_SESSIONS = 50;
    private static final int MOST_TOKENS = 100;

    private final Database database;

    @Inject
    SecurityStore(Database database) {
        this.database = database;
    }

    Optional<Grant> use(Credential credential) {
        return switch (credential) {
            case Credential.ApiToken token -> first(SecuritySql.USE_TOKEN, SecurityStore::grant, token.hash());
            case Credential.SessionCookie session -> first(SecuritySql.USE_SESSION, SecurityStore::grant, session.hash());
        };
    }

    void beginSession(RandomText text, Account account) {
        query(SecuritySql.DROP_SESSIONS, SecurityStore::id, account.id(), MOST_SESSIONS - 1);
        query(SecuritySql.BEGIN_SESSION, SecurityStore::id, text.hash(), account.id(), account.generation());
    }

    /** Whether there was one. */
    boolean endSession(String hash) {
        return first(SecuritySql.END_SESSION, SecurityStore::id, hash).isPresent();
    }

    void renewSession(String hash, String generation) {
        query(SecuritySql.RENEW_SESSION, SecurityStore::id, generation, hash);
    }

    List<TokenEntry> tokens(String userId) {
        return query(SecuritySql.TOKENS, SecurityStore::token, userId);
    }

    /** Nothing where the user has as many as they may. */
    Optional<TokenEntry> makeToken(RandomText text, String userId, String name, int days) {
        return first(SecuritySql.MAKE_TOKEN, SecurityStore::token, text.hash(), userId, name, days, userId, MOST_TOKENS);
    }

    /** Whether the user had one with that id. */
    boolean revokeToken(String id, String userId) {
        return first(SecuritySql.REVOKE_TOKEN, SecurityStore::id, id, userId).isPresent();
    }

    /** Counts an attempt to sign in as a failure, if one may be made; tells whether it may. */
    boolean attempt(String subject, int free) {
        return first(SecuritySql.ATTEMPT, SecurityStore::id, subject, free, free).isPresent();
    }

    /** Seconds until the next attempt may be made. */
    int wait(String subject, int free) {
        return Math.max(1, first(SecuritySql.WAIT, row -> row.column("seconds").get(Integer.class), free, subject).orElse(1));
    }

    /** Forgets the failures. */
    void forgive(String subject) {
        query(SecuritySql.FORGIVE, SecurityStore::id, subject);
    }

    private <T> Optional<T> first(String sql, Function<DbRow, T> reader, Object... parameters) {
        return query(sql, reader, parameters).stream().findFirst();
    }

    private <T> List<T> query(String sql, Function<DbRow, T> reader, Object... parameters) {
        try (var rows = database.client().execute().query(sql, parameters)) {
            return rows.map(reader).toList();
        } catch (DbClientException e) {
            throw new StoreException(e);
        }
    }

    private static String id(DbRow row) {
        return row.column("id").get(String.class);
    }

    private static Grant grant(DbRow row) {
        return new Grant(row.column("user_id").get(String.class), Optional.ofNullable(row.column("generation").get(String.class)));
    }

    private static TokenEntry token(DbRow row) {
        return new TokenEntry(id(row), row.column("name").get(String.class), row.column("created_at").get(Timestamp.class).toInstant(),
                time(row, "used_at"), time(row, "expires_at"));
    }

    private static Optional<Instant> time(DbRow row, String column) {
        return Optional.ofNullable(row.column(column).get(Timestamp.class)).map(Timestamp::toInstant);
    }
}

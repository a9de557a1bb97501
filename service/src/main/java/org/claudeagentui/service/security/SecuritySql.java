package org.claudeagentui.service.security;

/** The statements about sessions, tokens and failed sign-ins. */
final class SecuritySql {
    private static final String SESSION_LASTS = "used_at > clock_timestamp() - interval '7 days' AND created_at > clock_timestamp() - interval '30 days'";

    /** Parameter: the hash. When it was used is written down now and then only. */
    static final String USE_SESSION = """
            WITH known AS (SELECT hash, user_id, generation, used_at FROM session WHERE hash = ? AND %s),
            touched AS (
                UPDATE session SET used_at = clock_timestamp() FROM known
                WHERE session.hash = known.hash AND known.used_at < clock_timestamp() - interval '5 minutes')
            SELECT user_id, generation FROM known""".formatted(SESSION_LASTS);

    /** Parameter: the hash. */
    static final String USE_TOKEN = """
            WITH known AS (
                SELECT hash, user_id, used_at FROM api_token
                WHERE hash = ? AND (expires_at IS NULL OR expires_at > clock_timestamp())),
            touched AS (
                UPDATE api_token SET used_at = clock_timestamp() FROM known
                WHERE api_token.hash = known.hash
                    AND (known.used_at IS NULL OR known.used_at < clock_timestamp() - interval '5 minutes'))
            SELECT user_id, NULL::text AS generation FROM known""";

    /** Parameters: the hash, the user, the password's generation. */
    static final String BEGIN_SESSION = "INSERT INTO session (hash, user_id, generation) VALUES (?, ?, ?) RETURNING hash AS id";

    /** Parameters: the user, how many to keep. Drops what has run out, too. */
    static final String DROP_SESSIONS = """
            DELETE FROM session
            WHERE NOT (%s) OR hash IN (SELECT hash FROM session WHERE user_id = ? ORDER BY used_at DESC OFFSET ?)
            RETURNING hash AS id""".formatted(SESSION_LASTS);

    /** Parameter: the hash. */
    static final String END_SESSION = revoking("DELETE FROM session WHERE hash = ? RETURNING hash AS id");

    /** Parameters: the password's new generation, the hash of the session that goes on with it. */
    static final String RENEW_SESSION = "UPDATE session SET generation = ? WHERE hash = ? RETURNING hash AS id";

    private static final String TOKEN = "id::text AS id, name, created_at, used_at, expires_at";

    /** Parameter: the user. */
    static final String TOKENS = "SELECT " + TOKEN + " FROM api_token WHERE user_id = ? ORDER BY created_at DESC, id";

    /** Parameters: the hash, the user, the name, in how many days it runs out or 0 for never, the user again, how many there may be. */
    static final String MAKE_TOKEN = """
            INSERT INTO api_token (hash, user_id, name, expires_at)
            SELECT asked.hash, asked.user_id, asked.name, CASE WHEN asked.days > 0 THEN clock_timestamp() + asked.days * interval '1 day' END
            FROM (SELECT ?::text AS hash, ?::text AS user_id, ?::text AS name, ?::integer AS days) AS asked
            WHERE (SELECT count(*) FROM api_token WHERE user_id = ?) < ?
            RETURNING %s""".formatted(TOKEN);

    /** Parameters: the token's id, the user. */
    static final String REVOKE_TOKEN = revoking("DELETE FROM api_token WHERE id = ?::uuid AND user_id = ? RETURNING id::text AS id");

    /**
     * Parameters: the subject, how many failures cost nothing, the same again. Counts an attempt as one that fails, if it may be made at
     * all: each failure more doubles the time until the next, up to a minute; a quarter of an hour without one clears the account.
     */
    static final String ATTEMPT = """
            INSERT INTO sign_in_failure AS known (subject, failures, last_at) VALUES (?, 1, clock_timestamp())
            ON CONFLICT (subject) DO UPDATE SET last_at = clock_timestamp(),
                failures = CASE WHEN known.last_at < clock_timestamp() - interval '15 minutes' THEN 1 ELSE known.failures + 1 END
            WHERE known.failures < ?
                OR known.last_at < clock_timestamp() - least(power(2, least(known.failures - ?, 6)), 60) * interval '1 s'
            RETURNING subject AS id""";

    /** Parameters: how many failures cost nothing, the subject. Answers with the seconds until the next attempt. */
    static final String WAIT = """
            SELECT ceil(extract(epoch FROM last_at - clock_timestamp()) + least(power(2, greatest(least(failures - ?, 6), 0)), 60))::integer
                AS seconds
            FROM sign_in_failure WHERE subject = ?""";

    /** Parameter: the subject. Drops what is long ago, too. */
    static final String FORGIVE = """
            DELETE FROM sign_in_failure WHERE subject = ? OR last_at < clock_timestamp() - interval '1 hour' RETURNING subject AS id""";

    private SecuritySql() {
    }

    private static String revoking(String statement) {
        return "WITH gone AS (%s) SELECT id, pg_notify('%s', '') FROM gone".formatted(statement, SecurityStore.CHANNEL);
    }
}

package org.claudeagentui.service.runs;

/** The statements about what runs were made for. */
final class OriginSql {

    /** Parameters: the run, the kind, the subject. Answers nothing where that can't have another run now. */
    static final String ADD = """
            INSERT INTO run_origin (run_id, kind, subject) VALUES (?::uuid, ?, ?) ON CONFLICT DO NOTHING RETURNING run_id""";

    /** Parameter: the chat. One whose run hasn't come after so long is forgotten first: whoever announced it is gone. */
    static final String TURN = """
            WITH forgotten AS (
                DELETE FROM run_origin WHERE kind = 'chat' AND subject = ? AND NOT settled
                    AND made_at < clock_timestamp() - interval '2 minutes' AND NOT EXISTS (SELECT FROM run WHERE run.id = run_id)
                RETURNING run_id)
            SELECT run_id, state FROM run_origin LEFT JOIN run ON run.id = run_id
            WHERE kind = 'chat' AND subject = ? AND NOT settled AND run_id NOT IN (SELECT run_id FROM forgotten)""";

    /** Parameters: the context, the run. */
    static final String KEEP = "UPDATE run_origin SET context = ? WHERE run_id = ?::uuid AND NOT settled RETURNING run_id";

    /** Parameter: the run. */
    static final String CONTEXT = "SELECT context FROM run_origin WHERE run_id = ?::uuid AND context IS NOT NULL";

    /** Parameter: the run. */
    static final String RELEASE = "UPDATE run_origin SET told = 'released', settled = true WHERE run_id = ?::uuid RETURNING run_id";

    private static final String CLAIMED = """
            WITH claimed AS (
                UPDATE run_origin SET due = clock_timestamp() + ?::bigint * interval '1 ms', attempts = attempts + 1
                WHERE run_id IN (%s)
                RETURNING run_id, kind, subject, told IS NULL AS first, attempts, made_at AS since)
            SELECT kind, subject, first, attempts, NOT EXISTS (
                    SELECT FROM run_origin AS later JOIN run AS other ON other.id = later.run_id
                    WHERE later.kind = claimed.kind AND later.subject = claimed.subject AND later.made_at > claimed.since) AS latest, %s
            FROM claimed JOIN run ON run.id = claimed.run_id""";

    private static final String LEFT_TO_TELL = """
            SELECT waiting.run_id FROM run_origin AS waiting JOIN run ON run.id = waiting.run_id
            WHERE NOT waiting.settled AND waiting.told IS DISTINCT FROM run.state AND\s""";

    /** Parameter: the lease in milliseconds. Answers with one report at most; the lock keeps two replicas from the same. */
    static final String CLAIM = CLAIMED.formatted(LEFT_TO_TELL
            + "waiting.due <= clock_timestamp() ORDER BY waiting.due LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED", JournalSql.WHOLE_RUN);

    /** Parameters: the lease in milliseconds, the run. */
    static final String CLAIM_ONE = CLAIMED.formatted(LEFT_TO_TELL + "waiting.run_id = ?::uuid", JournalSql.WHOLE_RUN);

    /** Parameters: the state, whether it is the last, the run. */
    static final String TOLD = """
            UPDATE run_origin SET told = told_now.state, settled = told_now.ended, attempts = 0, due = clock_timestamp(),
                context = CASE WHEN told_now.ended THEN NULL ELSE context END
            FROM (SELECT ?::text AS state, ?::boolean AS ended) AS told_now
            WHERE run_id = ?::uuid RETURNING run_id""";

    /** Parameters: the task, the run of it that was told of. */
    static final String TELL_LATEST_AGAIN = """
            UPDATE run_origin SET told = NULL, settled = false, due = clock_timestamp()
            WHERE run_id = (
                SELECT run_id FROM run_origin JOIN run ON run.id = run_id WHERE kind = 'task' AND subject = ?
                ORDER BY made_at DESC LIMIT 1)
            AND run_id <> ?::uuid AND told IS NOT NULL RETURNING run_id""";

    /** Parameters: how many milliseconds later, the run. */
    static final String POSTPONE = """
            UPDATE run_origin SET due = clock_timestamp() + ?::bigint * interval '1 ms' WHERE run_id = ?::uuid RETURNING run_id""";

    /** Parameter: the run. */
    static final String GIVE_UP = "UPDATE run_origin SET settled = true, context = NULL WHERE run_id = ?::uuid RETURNING run_id";

    static final String TIDY = """
            DELETE FROM run_origin
            WHERE (told = 'released' OR NOT settled) AND made_at < clock_timestamp() - interval '1 hour'
                AND NOT EXISTS (SELECT FROM run WHERE run.id = run_id)
            RETURNING run_id""";

    private static final String OF_ORIGIN = " FROM run JOIN run_origin ON run_id = run.id WHERE kind = ? AND subject = ? ";

    /** Parameters: the kind, the subject. */
    static final String RUN_COUNT = "SELECT count(*) AS total" + OF_ORIGIN;

    /** Parameters: the excerpt's length, the kind, the subject, how many at most, how many to pass over. */
    static final String NEWEST_RUNS = "SELECT " + JournalSql.RUN_EXCERPT + OF_ORIGIN + "ORDER BY created_at DESC, id LIMIT ? OFFSET ?";

    /** Parameters: as for the newest. */
    static final String OLDEST_RUNS = "SELECT " + JournalSql.RUN_EXCERPT + OF_ORIGIN + "ORDER BY created_at, id DESC LIMIT ? OFFSET ?";

    private OriginSql() {
    }
}

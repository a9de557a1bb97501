package org.claudeagentui.service.runs;

/** The journal's statements. */
final class JournalSql {

    /** The channel that tells which run has new events. */
    static final String EVENTS_CHANNEL = "run_events";

    /** The channel that tells which run is to be cancelled. */
    static final String CANCEL_CHANNEL = "run_cancel";

    private static final String ROW = """
            (id uuid, agent_id text, agent_name text, user_id text, user_name text, trace text, state text, input text, attachments jsonb, output text, model text,
             created_at timestamptz, started_at timestamptz, ended_at timestamptz, input_tokens bigint, output_tokens bigint,
             cache_creation_input_tokens bigint, cache_read_input_tokens bigint, usage_complete boolean, cost_usd numeric,
             error_type text, error_title text, error_detail text)""";

    /**
     * Parameters: the batch, the owner, the lease in milliseconds. Answers with the runs that the writer still holds; of
     * the others nothing is written. The lock on a held run keeps it from being taken over until the commit, and what a
     * commit of unknown outcome has already written is passed over, so that it can be repeated. A run whose request has a key is added
     * only together with it: of two requests that bring the same one, at whichever replicas, one begins a run.
     */
    static final String COMMIT = """
            WITH batch AS (SELECT ?::json AS body),
            owner AS (SELECT ?::uuid AS id, ?::bigint * interval '1 ms' AS lease),
            snapshot AS (SELECT r.* FROM batch, json_to_recordset(batch.body -> 'runs') AS r%1$s),
            event AS (SELECT e.* FROM batch, json_to_recordset(batch.body -> 'events')
                AS e(run_id uuid, epoch integer, seq bigint, format smallint, type text, data text)),
            held AS MATERIALIZED (
                SELECT id FROM run
                WHERE (id, epoch) IN (SELECT run_id, epoch FROM event)
                ORDER BY id FOR SHARE),
            key AS (
                SELECT k.* FROM batch, json_to_recordset(batch.body -> 'keys') AS k(run_id uuid, key text, body text)),
            keyed AS (
                INSERT INTO idempotency_key (id, request, run_id)
                SELECT decode(key.key, 'hex'), decode(key.body, 'hex'), run_id FROM key ORDER BY 1
                ON CONFLICT (id) DO NOTHING
                RETURNING run_id),
            added AS (
                INSERT INTO run (id, agent_id, agent_name, user_id, user_name, trace, state, input, attachments, output, model, owner, lease_until, epoch, created_at,
                    started_at, ended_at,
                    input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens, usage_complete, cost_usd,
                    error_type, error_title, error_detail)
                SELECT snapshot.id, agent_id, agent_name, user_id, user_name, trace, state, input, attachments, output, model, owner.id,
                    clock_timestamp() + owner.lease, 1, created_at,
                    started_at, ended_at, input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens,
                    usage_complete, cost_usd, error_type, error_title, error_detail
                FROM snapshot, owner
                WHERE snapshot.id IN (SELECT run_id FROM event WHERE seq = 1)
                    AND (snapshot.id NOT IN (SELECT run_id FROM key) OR snapshot.id IN (SELECT run_id FROM keyed))
                ON CONFLICT (id) DO NOTHING
                RETURNING id),
            changed AS (
                UPDATE run SET state = snapshot.state, output = snapshot.output, model = snapshot.model, started_at = snapshot.started_at,
                    ended_at = snapshot.ended_at, input_tokens = snapshot.input_tokens, output_tokens = snapshot.output_tokens,
                    cache_creation_input_tokens = snapshot.cache_creation_input_tokens,
                    cache_read_input_tokens = snapshot.cache_read_input_tokens, usage_complete = snapshot.usage_complete,
                    cost_usd = snapshot.cost_usd, error_type = snapshot.error_type, error_title = snapshot.error_title,
                    error_detail = snapshot.error_detail
                FROM snapshot JOIN held ON held.id = snapshot.id
                WHERE run.id = snapshot.id),
            ours AS MATERIALIZED (SELECT id FROM held UNION ALL SELECT id FROM added),
            written AS (
                INSERT INTO run_event (run_id, seq, format, type, data)
                SELECT run_id, seq, format, type, data FROM event JOIN ours ON ours.id = event.run_id
                ON CONFLICT (run_id, seq) DO NOTHING)
            SELECT id::text AS id, pg_notify('%2$s', id::text) FROM ours""".formatted(ROW, EVENTS_CHANNEL);

    /** Parameters: the run, the last event's number that is known, how many at most. */
    static final String EVENTS = "SELECT seq, type, data FROM run_event WHERE run_id = ?::uuid AND seq > ? ORDER BY seq LIMIT ?";

    /** Parameter: the run. */
    static final String LAST_SEQ = "SELECT coalesce(max(seq), 0) AS seq FROM run_event WHERE run_id = ?::uuid";

    private static final String USAGE_AND_REST = """
            attachments::text AS attachments, model, created_at, started_at, ended_at, input_tokens, output_tokens,
            cache_creation_input_tokens, cache_read_input_tokens, usage_complete, cost_usd, error_type, error_title, error_detail""";

    /** All that is kept of a run. */
    static final String WHOLE_RUN = "id, agent_id, agent_name, user_id, user_name, trace, state, input, output, " + USAGE_AND_REST;

    /** What a list tells of a run. Parameter: the excerpt's length. */
    static final String RUN_EXCERPT = "id, agent_id, agent_name, user_id, user_name, trace, state, left(input, ?) AS input, NULL::text AS output, "
            + USAGE_AND_REST;

    /** Parameter: the run. */
    static final String RUN = "SELECT " + WHOLE_RUN + " FROM run WHERE id = ?::uuid";

    private static final String WANTED_RUNS = " " + """
            FROM run WHERE (?::text = '' OR user_id = ?) AND (?::text = '' OR agent_id = ?)
                AND (?::text = '' OR state = ANY (string_to_array(?, ',')))""";

    private static final String RUN_EXCERPTS = "SELECT " + RUN_EXCERPT + WANTED_RUNS + " ORDER BY ";

    /**
     * Parameters: the excerpt's length, then each twice and empty for all: a user, an agent, states separated by commas; how many at most, how
     * many to pass over.
     */
    static final String NEWEST_RUNS = RUN_EXCERPTS + "created_at DESC, id LIMIT ? OFFSET ?";

    /** Parameters: as for the newest. */
    static final String OLDEST_RUNS = RUN_EXCERPTS + "created_at, id DESC LIMIT ? OFFSET ?";

    /** Parameters, each twice and empty for all: a user, an agent, states separated by commas. */
    static final String RUN_COUNT = "SELECT count(*) AS total" + WANTED_RUNS;

    /**
     * Parameters: the first day, the day after the last one, an agent or an empty text for all, a user or the same. A run that has counted nothing
     * yet is complete only when it hasn't begun, or has ended so.
     */
    static final String USAGE = """
            SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, agent_id,
                (array_agg(agent_name ORDER BY created_at DESC))[1] AS agent_name, user_id,
                (array_agg(user_name ORDER BY created_at DESC))[1] AS user_name, count(*) AS runs,
                coalesce(sum(input_tokens), 0)::bigint AS input, coalesce(sum(output_tokens), 0)::bigint AS output,
                coalesce(sum(cache_creation_input_tokens), 0)::bigint AS cache_creation,
                coalesce(sum(cache_read_input_tokens), 0)::bigint AS cache_read,
                bool_and(coalesce(usage_complete, true) AND state <> 'running') AS complete, sum(cost_usd) AS cost,
                count(*) FILTER (WHERE cost_usd IS NULL AND input_tokens + output_tokens > 0 AND ended_at IS NOT NULL) AS unpriced
            FROM run, (SELECT ?::date AS first, ?::date AS past, ?::text AS agent, ?::text AS wanted_user) AS asked
            WHERE created_at >= asked.first::timestamp AT TIME ZONE 'UTC' AND created_at < asked.past::timestamp AT TIME ZONE 'UTC'
                AND (asked.agent = '' OR agent_id = asked.agent)
                AND (asked.wanted_user = '' OR user_id = asked.wanted_user)
            GROUP BY day, agent_id, user_id
            ORDER BY day DESC, cost DESC NULLS LAST, agent_id, user_id""";

    /** Parameters: the lease in milliseconds, the owner, a JSON array of runs. Answers with those that are the owner's still. */
    static final String RENEW = """
            WITH renewed AS (
                UPDATE run SET lease_until = clock_timestamp() + ?::bigint * interval '1 ms'
                WHERE owner = ?::uuid AND state IN ('queued', 'running')
                    AND id IN (SELECT value::uuid FROM json_array_elements_text(?::json))
                RETURNING id, cancel_requested)
            SELECT id::text AS id, cancel_requested FROM renewed""";

    /** Parameter: the run. Answers with it when it has not ended. */
    static final String REQUEST_CANCEL = """
            WITH asked AS (
                UPDATE run SET cancel_requested = true WHERE id = ?::uuid AND state IN ('queued', 'running') RETURNING id)
            SELECT id::text AS id, pg_notify('%s', id::text) FROM asked""".formatted(CANCEL_CHANNEL);

    /** Parameter: the owner. Its runs need wait for no lease to lapse. */
    static final String RELEASE = """
            UPDATE run SET lease_until = '-infinity' WHERE owner = ?::uuid AND state IN ('queued', 'running')
            RETURNING id::text AS id""";

    /**
     * Parameters: the new owner, its lease in milliseconds, whether only those that were released, a JSON array of runs that are worked on
     * here as it is, how many at most. Answers with the runs that had lost theirs.
     */
    static final String TAKE_OVER = """
            UPDATE run SET owner = ?::uuid, lease_until = clock_timestamp() + ?::bigint * interval '1 ms', epoch = epoch + 1
            WHERE id IN (
                SELECT id FROM run
                WHERE state IN ('queued', 'running') AND lease_until < clock_timestamp() AND (lease_until = '-infinity' OR NOT ?::boolean)
                    AND id NOT IN (SELECT value::uuid FROM json_array_elements_text(?::json))
                ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING epoch, cancel_requested, id, agent_id, agent_name, user_id, user_name, trace, state, input, output, %s""".formatted(
            USAGE_AND_REST);

    /**
     * Parameters: the age in milliseconds, how many runs at most. Answers with the runs whose events were dropped. The lock keeps two
     * replicas from each other's.
     */
    static final String DROP_EVENTS = """
            WITH due AS (
                UPDATE run SET events_dropped = true
                WHERE id IN (
                    SELECT id FROM run
                    WHERE ended_at < clock_timestamp() - ?::bigint * interval '1 ms' AND NOT events_dropped
                    ORDER BY ended_at LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING id),
            dropped AS (DELETE FROM run_event WHERE run_id IN (SELECT id FROM due))
            SELECT id::text AS id FROM due""";

    private JournalSql() {
    }
}

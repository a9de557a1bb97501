package org.claudeagentui.service.idempotency;

/** The statements about keys. */
final class KeysSql {

    /**
     * Parameters: the key, the body, the token, the id for what is made, the claim's time in milliseconds. Answers with that id where the
     * claim is granted: the key is new, or who had it has let the time pass.
     */
    static final String CLAIM = """
            INSERT INTO idempotency_key AS kept (id, request, claim, made, claimed_until)
            VALUES (decode(?, 'hex'), decode(?, 'hex'), ?::uuid, ?, clock_timestamp() + ?::bigint * interval '1 ms')
            ON CONFLICT (id) DO UPDATE SET claim = excluded.claim, claimed_until = excluded.claimed_until
            WHERE kept.request = excluded.request AND kept.status IS NULL AND kept.claimed_until < clock_timestamp()
            RETURNING made""";

    /** Parameters: the body, the key. */
    static final String FIND = """
            SELECT request = decode(?, 'hex') AS same, run_id::text AS run_id, status, location, entity_tag, body
            FROM idempotency_key WHERE id = decode(?, 'hex')""";

    /** Parameters: the status, the location, the entity tag or an empty text, the body, the key, the token. */
    static final String ANSWER = """
            UPDATE idempotency_key SET status = ?, location = ?, entity_tag = nullif(?, ''), body = ?
            WHERE id = decode(?, 'hex') AND claim = ?::uuid""";

    /** Parameters: the key, the token. */
    static final String RELEASE = "DELETE FROM idempotency_key WHERE id = decode(?, 'hex') AND claim = ?::uuid AND status IS NULL";

    /** Parameters: the age in milliseconds, how many at most. The lock keeps two replicas from each other's. */
    static final String FORGET = """
            DELETE FROM idempotency_key WHERE id IN (
                SELECT id FROM idempotency_key WHERE created_at < clock_timestamp() - ?::bigint * interval '1 ms'
                ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)""";

    /** Parameters: how many to leave, how many to drop at most. */
    static final String FORGET_OLDEST = """
            DELETE FROM idempotency_key WHERE id IN (
                SELECT id FROM idempotency_key WHERE created_at < (
                    SELECT created_at FROM idempotency_key ORDER BY created_at DESC OFFSET ? - 1 LIMIT 1)
                ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)""";

    private KeysSql() {
    }
}

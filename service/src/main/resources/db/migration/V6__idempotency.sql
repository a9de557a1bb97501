-- Requests that brought a key, for a day: what the same request is answered with when it comes again. A run's key is written with the
-- run; that of another thing is claimed first, and what it was answered with is written afterwards.

CREATE TABLE idempotency_key (
    id            bytea PRIMARY KEY,
    request       bytea NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    claim         uuid,
    claimed_until timestamptz,
    made          text,
    run_id        uuid,
    status        integer,
    location      text,
    entity_tag    text,
    body          text,
    CHECK ((run_id IS NULL) <> (claim IS NULL)),
    CHECK ((status IS NULL) = (body IS NULL) AND (status IS NULL) = (location IS NULL))
);

COMMENT ON COLUMN idempotency_key.id IS 'SHA-256 of who sent the request, where to, and the key';
COMMENT ON COLUMN idempotency_key.request IS 'SHA-256 of the request''s body';
COMMENT ON COLUMN idempotency_key.claim IS 'who may write the answer';
COMMENT ON COLUMN idempotency_key.made IS 'the id for what the request makes, so that nobody who repeats it makes another';

CREATE INDEX idempotency_key_oldest ON idempotency_key (created_at);

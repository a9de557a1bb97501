-- Runs and what happened in them. A run has one writer, its owner, for as long as its lease lasts; an event's number is
-- its place in the run, from 1 without gaps.

CREATE TABLE run (
    id                          uuid PRIMARY KEY,
    agent_id                    text NOT NULL,
    agent_name                  text NOT NULL,
    state                       text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    input                       text NOT NULL,
    output                      text,
    model                       text,
    owner                       uuid NOT NULL,
    lease_until                 timestamptz NOT NULL,
    epoch                       integer NOT NULL,
    cancel_requested            boolean NOT NULL DEFAULT false,
    created_at                  timestamptz NOT NULL,
    started_at                  timestamptz,
    ended_at                    timestamptz,
    input_tokens                bigint,
    output_tokens               bigint,
    cache_creation_input_tokens bigint,
    cache_read_input_tokens     bigint,
    usage_complete              boolean,
    cost_usd                    numeric,
    error_type                  text,
    error_title                 text,
    error_detail                text
);

COMMENT ON COLUMN run.epoch IS 'grows when the owner changes; who writes with an older one is refused';

CREATE INDEX run_newest ON run (created_at DESC, id);

-- The lease is left out of it, so that prolonging a lease touches no index.
CREATE INDEX run_open ON run (owner) WHERE state IN ('queued', 'running');

CREATE TABLE run_event (
    run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    seq    bigint NOT NULL CHECK (seq > 0),
    format smallint NOT NULL,
    type   text NOT NULL,
    data   text NOT NULL,
    PRIMARY KEY (run_id, seq)
);

COMMENT ON COLUMN run_event.format IS 'version of the event format that data is written in';
COMMENT ON COLUMN run_event.data IS 'the JSON that subscribers get, byte for byte';

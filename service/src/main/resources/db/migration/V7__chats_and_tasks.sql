-- What a run was made for, where that is a task or a turn of a chat. It is written before the run is, under the id that the run will have,
-- and is what Strapi is told by: whoever finds a run in another state than was told of tells of it.

CREATE TABLE run_origin (
    run_id   uuid PRIMARY KEY,
    kind     text NOT NULL CHECK (kind IN ('task', 'chat')),
    subject  text NOT NULL,
    context  text,
    told     text,
    settled  boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0,
    due      timestamptz NOT NULL DEFAULT clock_timestamp(),
    made_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN run_origin.subject IS 'document id of the task or the chat';
COMMENT ON COLUMN run_origin.context IS 'JSON: what the run begins with beside its input, until it has ended';
COMMENT ON COLUMN run_origin.told IS 'the run''s state that was told of last; released where there is to be no run';
COMMENT ON COLUMN run_origin.settled IS 'nothing is left to be told';
COMMENT ON COLUMN run_origin.due IS 'not to be told of before';

-- A chat has one turn at a time.
CREATE UNIQUE INDEX run_origin_one_turn ON run_origin (subject) WHERE kind = 'chat' AND NOT settled;

CREATE INDEX run_origin_of ON run_origin (kind, subject, made_at DESC);

CREATE INDEX run_origin_due ON run_origin (due) WHERE NOT settled;

CREATE INDEX run_origin_released ON run_origin (made_at) WHERE told = 'released';

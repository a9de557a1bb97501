-- Events are dropped some time after their run's end; the run stays.

ALTER TABLE run ADD COLUMN events_dropped boolean NOT NULL DEFAULT false;

CREATE INDEX run_retained ON run (ended_at) WHERE NOT events_dropped AND ended_at IS NOT NULL;

-- The trace of the request that began a run, as a traceparent header has it: whoever goes on with the run goes on with the trace.

ALTER TABLE run ADD COLUMN trace text;

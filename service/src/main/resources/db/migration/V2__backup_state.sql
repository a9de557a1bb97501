-- What the backups' worker last told of its sets; it is the superuser's to write.
CREATE TABLE backup_state (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    made     timestamptz,
    verified timestamptz,
    next_due timestamptz,
    failed   boolean NOT NULL
);

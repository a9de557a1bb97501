INSERT INTO runs.backup_state (made, verified, next_due, failed)
VALUES (to_timestamp(NULLIF(:'made', '')::bigint), to_timestamp(NULLIF(:'verified', '')::bigint), to_timestamp(NULLIF(:'next', '')::bigint), :'failed')
ON CONFLICT (one) DO UPDATE SET made = EXCLUDED.made, verified = EXCLUDED.verified, next_due = EXCLUDED.next_due, failed = EXCLUDED.failed;

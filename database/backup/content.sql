-- What the database holds, a line a table, in the manifest's own form: the number of rows, and a hash of all rows that doesn't depend
-- on their order (the sums of the two halves of each row's MD5, so that an equal row more or less counts). Says the same of the dump's
-- snapshot and of the database that a dump was loaded into. Nothing of the session's settings may show in a row's text. What the service is told of the sets is no part of them.
SET search_path = pg_catalog;
SET DateStyle = ISO, YMD;
SET IntervalStyle = iso_8601;
SET TimeZone = UTC;
SET extra_float_digits = 3;
SET bytea_output = hex;
SET xmloption = content;
SELECT format($q$SELECT format('{"table": %%s, "rows": %%s, "hash": "%%s:%%s"}', to_json(%L::text), count(*), coalesce(sum(('x' || left(h, 16))::bit(64)::bigint::numeric), 0), coalesce(sum(('x' || right(h, 16))::bit(64)::bigint::numeric), 0)) FROM (SELECT md5(t::text) AS h FROM ONLY %I.%I AS t) AS r$q$, n.nspname || '.' || c.relname, n.nspname, c.relname)
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (n.nspname, c.relname) <> ('runs', 'backup_state')
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
 ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
\gexec

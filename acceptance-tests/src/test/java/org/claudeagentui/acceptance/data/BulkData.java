package org.claudeagentui.acceptance.data;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.postgresql.PGConnection;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * Data in bulk for a stack: agents with skills and attachments, users, folders of uploads, runs with their events. Rows of Strapi's take
 * their form from one that is there, as Strapi itself wrote it, so an upload has to be there before more are added. No text is like
 * another, and none repeats itself.
 */
public final class BulkData {
    // The same data each time: what differs between two measurements is not the data.
    private static final long SEED = 20_251_124;

    private static final int SKILL = 50_000;
    private static final int AGENT = 20_000;
    private static final int INPUT = 1_000;
    private static final int OUTPUT = 4_000;
    private static final int EVENT = 300;

    private static final String LOAD_TEXTS = """
            CREATE TEMPORARY TABLE bulk (kind text, n integer, body text) ON COMMIT DROP""";
    // A record's fields are given once, and the row is made of them in one call.
    private static final String ROWS = """
            ANALYZE bulk;
            INSERT INTO skills SELECT r.* FROM bulk b, (SELECT s FROM skills s ORDER BY id LIMIT 1) AS t, jsonb_populate_record(t.s, jsonb_build_object(
                'id', nextval('skills_id_seq'), 'document_id', left(md5('skill' || n), 24), 'name', 'bulk-skill-' || n, 'display_name', left(body, 80),
                'description', left(body, 600), 'content', body)) AS r WHERE kind = 'skill';
            INSERT INTO agents SELECT r.* FROM bulk b, (SELECT a FROM agents a ORDER BY id LIMIT 1) AS t, jsonb_populate_record(t.a, jsonb_build_object(
                'id', nextval('agents_id_seq'), 'document_id', left(md5('agent' || n), 24), 'name', 'Größe № ' || n, 'slug', 'bulk-' || n,
                'description', left(body, 1200), 'system_prompt', body, 'metadata', jsonb_build_object('n', n, 'words', left(body, 200)))) AS r
             WHERE kind = 'agent';
            INSERT INTO agents_skills_lnk (agent_id, skill_id, skill_ord, agent_ord)
              SELECT a.id, s.id, k, a.at
                FROM (SELECT id, row_number() OVER (ORDER BY id) AS at FROM agents WHERE slug LIKE 'bulk-%') AS a
                CROSS JOIN generate_series(1, 3) AS k
                JOIN (SELECT id, row_number() OVER (ORDER BY id) AS at, count(*) OVER () AS total FROM skills WHERE name LIKE 'bulk-%') AS s
                  ON s.at = (a.at + k) % s.total + 1
              ON CONFLICT DO NOTHING;
            INSERT INTO i18n_locale (document_id, name, code, created_at, updated_at, published_at)
              SELECT left(md5(code), 24), name, code, now(), now(), now() FROM (VALUES ('de', 'Deutsch (de)'), ('uk', 'Українська (uk)'), ('zh-Hans', '简体中文')) AS v (code, name)
               WHERE code NOT IN (SELECT code FROM i18n_locale);
            WITH users AS (
              INSERT INTO up_users (document_id, username, email, provider, password, confirmed, blocked, created_at, updated_at, published_at)
                SELECT left(md5('user' || n), 24), 'Überall-' || n, 'user-' || n || '@example.com', 'local', md5(random()::text), true, false, now(), now(), now()
                  FROM bulk WHERE kind = 'agent' RETURNING id)
            INSERT INTO up_users_role_lnk (user_id, role_id, user_ord) SELECT id, (SELECT min(id) FROM up_roles), row_number() OVER () FROM users;
            CREATE TEMPORARY TABLE bulk_run ON COMMIT DROP AS
              SELECT i.n, gen_random_uuid() AS id, i.body AS input, o.body AS output, now() - i.n * interval '7 minutes' AS at
                FROM bulk i JOIN bulk o ON o.n = i.n WHERE i.kind = 'input' AND o.kind = 'output';
            INSERT INTO runs.run (id, agent_id, agent_name, state, input, output, model, owner, lease_until, epoch, created_at, started_at, ended_at,
                input_tokens, output_tokens, usage_complete, cost_usd)
              SELECT id, left(md5('agent' || n), 24), 'Größe № ' || n, 'completed', input, output, 'sonnet', gen_random_uuid(), at, 1, at, at,
                     at + interval '9 seconds', 1000 + n, 400 + n, true, 0.0123 FROM bulk_run;
            INSERT INTO runs.run_event (run_id, seq, format, type, data)
              SELECT r.id, row_number() OVER (PARTITION BY r.id ORDER BY e.n), 1, 'text.delta', jsonb_build_object('text', e.body)::text
                FROM bulk e JOIN bulk_run r ON r.n = e.n % (SELECT count(*) FROM bulk_run) + 1 WHERE e.kind = 'event';
            """;

    private static final String LOAD_FILES = """
            CREATE TEMPORARY TABLE bulk_file (n integer, hash text, ext text, mime text, bytes bigint, sha256 text) ON COMMIT DROP""";
    private static final String FILES = """
            INSERT INTO upload_folders (document_id, name, path_id, path, created_at, updated_at, published_at)
              SELECT left(md5('folder' || n), 24), 'Ordner ' || n, n, CASE WHEN n % 2 = 0 THEN '/' || n - 1 || '/' || n ELSE '/' || n END, now(), now(), now()
                FROM generate_series(1, 10) AS n;
            INSERT INTO upload_folders_parent_lnk (folder_id, inv_folder_id, folder_ord)
              SELECT child.id, parent.id, 1 FROM upload_folders child JOIN upload_folders parent ON parent.path_id = child.path_id - 1 WHERE child.path_id % 2 = 0;
            INSERT INTO files SELECT r.* FROM bulk_file b, (SELECT f FROM files f ORDER BY id LIMIT 1) AS t, jsonb_populate_record(t.f, jsonb_build_object(
                'id', nextval('files_id_seq'), 'document_id', left(md5('file' || n), 24), 'name', 'Bild 字 ' || n || ext, 'caption', 'No. ' || n, 'hash', hash,
                'ext', ext, 'mime', mime, 'size', round(bytes / 1000.0, 2), 'url', '/uploads/' || hash || ext,
                'provider_metadata', jsonb_build_object('sha256', sha256), 'folder_path', (SELECT path FROM upload_folders WHERE path_id = n % 10 + 1))) AS r;
            INSERT INTO files_folder_lnk (file_id, folder_id, file_ord)
              SELECT f.id, u.id, f.id FROM files f JOIN upload_folders u ON u.path = f.folder_path WHERE f.hash LIKE 'bulk_%';
            INSERT INTO files_related_mph (file_id, related_id, related_type, field, "order")
              SELECT f.id, a.id, 'api::agent.agent', 'attachments', 1
                FROM (SELECT id, row_number() OVER (ORDER BY id) AS at FROM files WHERE hash LIKE 'bulk_%') AS f
                JOIN (SELECT id, row_number() OVER (ORDER BY id) AS at, count(*) OVER () AS total FROM agents) AS a ON a.at = f.at % a.total + 1;
            """;

    private final ComposeStack stack;
    private final Random random = new Random(SEED);

    /** For one stack. */
    public BulkData(ComposeStack stack) {
        this.stack = stack;
    }

    /** Adds rows of all types, with so many bytes of text or some more; once a stack. */
    public Amount addRows(long bytes) {
        try (Connection database = stack.database(); Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute(LOAD_TEXTS);
            CopyTexts texts = new CopyTexts(database.unwrap(PGConnection.class), new Prose(random));
            int runs = texts.count(bytes, 20, INPUT + OUTPUT);
            texts.add("skill", SKILL, texts.count(bytes, 25, SKILL));
            texts.add("agent", AGENT, texts.count(bytes, 20, AGENT));
            texts.add("input", INPUT, runs);
            texts.add("output", OUTPUT, runs);
            texts.add("event", EVENT, texts.count(bytes, 35, EVENT));
            texts.end();
            statement.execute(ROWS);
            database.commit();
            return new Amount(texts.rows(), texts.bytes(), 0, 0);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("No rows can be added to " + stack.name(), e);
        }
    }

    /** Adds uploads of so many bytes or some more, with their rows; once a stack. */
    public Amount addUploads(long bytes) {
        try (UploadFolder folder = UploadFolder.of(stack, random);
                Connection database = stack.database();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute(LOAD_FILES);
            String list = folder.fill(bytes);
            database.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY bulk_file FROM STDIN", new StringReader(list));
            folder.moveIn();
            statement.execute(FILES);
            database.commit();
            return new Amount(list.lines().count(), 0, folder.files(), folder.bytes());
        } catch (SQLException e) {
            throw new IllegalStateException("No uploads can be added to " + stack.name(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("No uploads can be added to " + stack.name(), e);
        }
    }
}

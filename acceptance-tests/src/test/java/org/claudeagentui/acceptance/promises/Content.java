package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack holds at a moment, by hashes that have nothing to do with those of its backups: rows are hashed here, as they come, and
 * never held.
 *
 * @param rows of each table a hash a row, in order
 * @param rowBytes the length of all rows as text
 * @param uploads a line a file, with hash and path
 */
record Content(Map<String, List<String>> rows, long rowBytes, List<String> uploads) {
    /** Strapi's own bookkeeping, which it writes anew at each start, or at its second one. */
    static final List<String> REWRITTEN = List.of("plugin_upload_metrics", "plugin_upload_media_library_default_notice",
            "strapi_content_types_schema");

    private static final String TABLES = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'backup_state' ORDER BY 1";

    static Content of(ComposeStack stack) {
        Map<String, List<String>> rows = new TreeMap<>();
        long bytes = 0;
        try (Connection database = stack.database()) {
            // All tables at one moment.
            database.setAutoCommit(false);
            database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            CopyManager copies = database.unwrap(PGConnection.class).getCopyAPI();
            for (String table : tables(database)) {
                List<String> hashes = new ArrayList<>();
                bytes += hash(copies, table, hashes);
                Collections.sort(hashes);
                rows.put(table, hashes);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The rows of " + stack.name() + " cannot be read", e);
        }
        List<String> uploads = stack.exec(Service.STRAPI, "bash", "-c",
                "cd /opt/app/public/uploads && find . -type f ! -name '.*' -exec sha256sum {} + | sort")
                .orThrow()
                .lines()
                .toList();
        return new Content(rows, bytes, uploads);
    }

    private static List<String> tables(Connection database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = database.createStatement(); ResultSet names = statement.executeQuery(TABLES)) {
            while (names.next()) {
                tables.add(names.getString(1));
            }
        }
        return tables;
    }

    private static long hash(CopyManager copies, String table, List<String> hashes) throws SQLException {
        String but = table.equals("public.strapi_core_store_settings")
                ? " WHERE key NOT IN ('" + String.join("', '", REWRITTEN) + "')"
                : "";
        long bytes = 0;
        // The server gives a row at a time.
        CopyOut copy = copies.copyOut("COPY (SELECT t::text FROM " + table + " AS t" + but + ") TO STDOUT");
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            hashes.add(BackupSet.sha256(row));
            bytes += row.length;
        }
        return bytes;
    }

    /** Those of these rows that the other content has not, as table and hash. */
    List<String> rowsMissingIn(Content other) {
        List<String> missing = new ArrayList<>();
        rows.forEach((table, hashes) -> {
            List<String> others = other.rows.getOrDefault(table, List.of());
            int at = 0;
            for (String hash : hashes) {
                while (at < others.size() && others.get(at).compareTo(hash) < 0) {
                    at++;
                }
                if (at < others.size() && others.get(at).equals(hash)) {
                    at++;
                } else {
                    missing.add(table + " " + hash);
                }
            }
        });
        return missing;
    }

    boolean isSameAs(Content other) {
        return rowsMissingIn(other).isEmpty() && other.rowsMissingIn(this).isEmpty() && uploads.equals(other.uploads);
    }

    int rowCount() {
        return rows.values().stream().mapToInt(List::size).sum();
    }
}

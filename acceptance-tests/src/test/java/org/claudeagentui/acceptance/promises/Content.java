package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stack holds at a moment, by hashes that have nothing to do with those of its backups.
 *
 * @param rows of each table a hash a row, in order
 * @param uploads a line a file, with hash and path
 */
record Content(Map<String, List<String>> rows, List<String> uploads) {
    /** Strapi's own bookkeeping, which it writes anew at each start, or at its second one. */
    static final List<String> REWRITTEN = List.of("plugin_upload_metrics", "plugin_upload_media_library_default_notice");

    static Content of(ComposeStack stack) {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : stack.query(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'backup_state' ORDER BY 1")) {
            String but = table.equals("public.strapi_core_store_settings")
                    ? " WHERE key NOT IN ('" + String.join("', '", REWRITTEN) + "')"
                    : "";
            rows.put(table, stack.query("SELECT encode(sha256(convert_to(t::text, 'UTF8')), 'hex') FROM " + table + " AS t" + but
                    + " ORDER BY 1"));
        }
        List<String> uploads = stack.exec(Service.STRAPI, "bash", "-c",
                "cd /opt/app/public/uploads && find . -type f ! -name '.*' -exec sha256sum {} + | sort")
                .orThrow()
                .lines()
                .toList();
        return new Content(rows, uploads);
    }

    /** Those of these rows that the other content has not, as table and hash. */
    List<String> rowsMissingIn(Content other) {
        List<String> missing = new ArrayList<>();
        rows.forEach((table, hashes) -> {
            List<String> left = new ArrayList<>(other.rows.getOrDefault(table, List.of()));
            hashes.stream().filter(row -> !left.remove(row)).forEach(row -> missing.add(table + " " + row));
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

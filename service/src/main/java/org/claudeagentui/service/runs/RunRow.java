package org.claudeagentui.service.runs;

import io.helidon.dbclient.DbRow;
import org.claudeagentui.service.claude.TokenUsage;
import org.claudeagentui.service.tracing.TraceContext;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Reads a run from its row. */
final class RunRow {

    private RunRow() {
    }

    static Run read(DbRow row) {
        return new Run(
                new RunId(row.column("id").get(UUID.class)),
                row.column("agent_id").get(String.class),
                row.column("agent_name").get(String.class),
                optional(row, "user_id", String.class).map(id -> new RunUser(id, row.column("user_name").get(String.class))),
                optional(row, "trace", String.class).flatMap(TraceContext::parse),
                RunState.of(row.column("state").get(String.class)),
                row.column("input").get(String.class),
                AttachmentJson.read(row.column("attachments").get(String.class)),
                optional(row, "output", String.class),
                optional(row, "model", String.class),
                row.column("created_at").get(Timestamp.class).toInstant(),
                time(row, "started_at"),
                time(row, "ended_at"),
                usage(row),
                optional(row, "cost_usd", BigDecimal.class),
                optional(row, "error_type", String.class).map(type -> error(row, type)));
    }

    private static Optional<RunUsage> usage(DbRow row) {
        return optional(row, "usage_complete", Boolean.class)
                .map(complete -> new RunUsage(
                        new TokenUsage(
                                row.column("input_tokens").get(Long.class),
                                row.column("output_tokens").get(Long.class),
                                row.column("cache_creation_input_tokens").get(Long.class),
                                row.column("cache_read_input_tokens").get(Long.class)),
                        complete));
    }

    private static RunError error(DbRow row, String type) {
        return new RunError(type, row.column("error_title").get(String.class), row.column("error_detail").get(String.class));
    }

    private static Optional<Instant> time(DbRow row, String column) {
        return optional(row, column, Timestamp.class).map(Timestamp::toInstant);
    }

    private static <T> Optional<T> optional(DbRow row, String column, Class<T> type) {
        return Optional.ofNullable(row.column(column).get(type));
    }
}

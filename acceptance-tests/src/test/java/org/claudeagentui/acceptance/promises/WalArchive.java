package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.ComposeStack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/** What a stack's database has archived: a cluster's folder, with segments of the write-ahead log and base backups. */
record WalArchive(Path folder) {
    private static final Duration ARCHIVED = Duration.ofSeconds(60);

    static WalArchive of(ComposeStack stack) {
        String system = stack.query("SELECT system_identifier FROM pg_control_system()").getFirst();
        return new WalArchive(Path.of(stack.env().require("DATA_ROOT")).resolve("database/archive").resolve(system));
    }

    Path segment(String name) {
        return folder.resolve("wal").resolve(name + ".zst");
    }

    List<String> segments() {
        return entries("wal").stream().filter(name -> name.matches("[0-9A-F]{24}\\.zst")).map(name -> name.substring(0, 24)).toList();
    }

    List<String> bases() {
        return entries("base").stream().filter(name -> name.matches("\\d{8}T\\d{6}Z")).toList();
    }

    /** Has the server close the segment that it writes, and waits until that is archived; gives its name. */
    String closeSegment(ComposeStack stack) {
        stack.query("SELECT pg_current_xact_id()");
        String name = stack.query("SELECT pg_walfile_name(pg_current_wal_insert_lsn())").getFirst();
        stack.query("SELECT pg_switch_wal()");
        await().atMost(ARCHIVED).until(() -> Files.exists(segment(name)));
        return name;
    }

    private List<String> entries(String part) {
        try (Stream<Path> entries = Files.list(folder.resolve(part))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The archive " + folder + " cannot be listed", e);
        }
    }
}

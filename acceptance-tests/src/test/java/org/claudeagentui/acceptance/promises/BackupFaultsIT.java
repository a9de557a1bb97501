package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.SmallDisk;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Backups, verifications and restores that are killed, each at the beginning of one of its phases, by a hook that the commands run there. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupFaultsIT {
    private static final List<String> BACKUP = List.of("locked", "uploads-copied", "snapshot", "dumping", "dumped", "uploads-packed",
            "manifest", "synced");
    private static final List<String> VERIFY = List.of("locked", "checked", "server-started", "loaded", "compared", "uploads-compared");
    private static final List<String> PRUNE = List.of("locked", "dropping");
    private static final List<String> BEFORE_THE_SWAP = List.of("restore-loading", "restore-loaded", "restore-swapping", "restore-stopped",
            "restore-uploads-swapped");
    private static final List<String> AFTER_THE_SWAP = List.of("restore-databases-swapped", "restore-new", "restore-healthy",
            "restore-clearing", "restore-uploads-cleared");
    private static final List<String> FILLED = List.of("uploads-copied", "snapshot", "dumped", "uploads-packed", "manifest");
    private static final int KILLED = 137;
    private static final int SMALL = 250;
    private static final int FOR_A_SERVER = 700;
    private static final int TOO_SMALL = 20;

    private final ComposeStack stack;
    private BackupSet set;
    private Content ofTheSet;

    BackupFaultsIT(Stacks stacks) {
        this.stack = stacks.create().onACopy();
    }

    @BeforeAll
    void bootWithData() {
        stack.start();
        StrapiAdmin.signIn(stack).upload("words.txt", "words ".repeat(10_000).getBytes(StandardCharsets.UTF_8)).orThrow();
        ofTheSet = Content.of(stack);
        set = BackupSet.make(stack);
    }

    @Test
    @Promise(value = "BKP-3", part = "killed at any phase")
    void aKilledBackupLeavesNoSet(Evidence evidence) {
        evidence.expected(
                "killed with SIGKILL at the beginning of each phase, a backup ends non-zero and there is no set more; the next one is made, and nothing of"
                        + " the killed one is left");

        Sample<String> sample = Sample.of(BACKUP, 2);
        List<List<String>> rows = new ArrayList<>();
        for (String phase : sample.chosen()) {
            int before = BackupSet.of(stack).size();
            CommandResult killed = stack.stackWithHook("BACKUP_PHASE_HOOK", inTheWorker(phase), "backup");
            int after = BackupSet.of(stack).size();
            BackupSet next = BackupSet.make(stack);
            rows.add(List.of(phase, "137, 0 sets more, next made, nothing left", "%d, %d sets more, next %s, %s".formatted(killed
                    .exitCode(),
                    after - before, next.manifest().path("set").asText().equals(next.name()) ? "made" : "damaged", leftOvers(".making-"))));
        }
        evidence.table("Backups killed", List.of("phase", "expected", "observed"), rows).observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    @Test
    @Promise(value = "BKP-3", part = "full disk")
    void aBackupOntoAFullDiskLeavesNoSet(Evidence evidence) {
        evidence.expected(
                "with the disk of the sets full from the beginning of a phase on, a backup ends with 1 and there is no set; with room again the next one is"
                        + " made; with too little room to begin with it is refused with 20");
        assumeTrue(SmallDisk.isPossible(), "only root can mount a small disk");

        Sample<String> sample = Sample.of(FILLED, 1);
        List<List<String>> rows = new ArrayList<>();
        try (SmallDisk disk = SmallDisk.over(BackupSet.folderOf(stack), SMALL, worker())) {
            for (String phase : sample.chosen()) {
                Path filler = disk.folder().resolve(".filler");
                CommandResult full = stack.stackWithHook("BACKUP_PHASE_HOOK", fillsTheDisk(phase), "backup");
                boolean filled = Files.exists(filler);
                delete(filler);
                int sets = BackupSet.of(stack).size();
                BackupSet next = BackupSet.make(stack);
                boolean made = Files.exists(next.folder().resolve("manifest.json"));
                remove(next.folder());
                rows.add(List.of(phase, "filled: true, 1, 0 sets, next made: true", "filled: %s, %d, %d sets, next made: %s".formatted(
                        filled,
                        full
                                .exitCode(), sets, made)));
            }
        }
        try (SmallDisk disk = SmallDisk.over(BackupSet.folderOf(stack), TOO_SMALL, worker())) {
            CommandResult refused = stack.stack("backup");
            rows.add(List.of("too small from the start", "20, too little disk space, 0 sets", "%d, %s, %d sets".formatted(refused
                    .exitCode(),
                    refused
                            .err()
                            .contains("too little disk space")
                                    ? "too little disk space"
                                    : refused.lastLines(3), BackupSet.of(stack).size())));
            evidence.observed("a disk of " + TOO_SMALL + " MiB at " + disk.folder());
        }
        evidence.table("Backups onto a full disk", List.of("phase", "expected", "observed"), rows)
                .observed(sample.describe() + "; and one too small from the start");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    @Test
    @Promise(value = "BKP-3", part = "dead database")
    void aDumpThatBreaksOffLeavesNoSet(Evidence evidence) {
        evidence.expected("the dump's session is ended while it waits for a table: the backup ends with 1, and there is no set more");

        hook(stack.root().resolve("database/backup/fault-hook"), """
                case $1 in
                  snapshot)
                    (PGAPPNAME=locker exec psql -Xq -c "BEGIN; LOCK TABLE agents; SELECT pg_sleep(60)" >/dev/null 2>&1) &
                    for _ in {1..500}; do [[ $(psql -XAtqc "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND relation = 'agents'::regclass") != 1 ]] || break; done
                    ;;
                  dumping)
                    for _ in {1..500}; do [[ $(psql -XAtqc "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'pg_dump' AND wait_event_type = 'Lock'") != 1 ]] || break; done
                    psql -XAtqc "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'locker'" >/dev/null
                    ;;
                esac
                """);
        int before = BackupSet.of(stack).size();
        CommandResult broken = stack.stackWithHook("BACKUP_PHASE_HOOK", "/opt/backup/fault-hook", "backup");
        evidence.observed("exit code %d, %d sets more: %s".formatted(broken.exitCode(), BackupSet.of(stack).size() - before, broken
                .lastLines(3)));

        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("pg_dump ended with status");
        assertThat(BackupSet.of(stack)).hasSize(before);
        assertThat(leftOvers(".making-")).isEqualTo("nothing left");
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(BackupFaultsIT::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be removed", e);
        }
    }

    @Test
    @Promise("BKP-7")
    void aKilledVerificationSaysNothingAndLeavesNothing(Evidence evidence) {
        evidence.expected(
                "killed with SIGKILL at the beginning of each phase, a verification ends non-zero and the set is not called verified; the next one is, and"
                        + " nothing of the killed one is left");

        Sample<String> sample = Sample.of(VERIFY, 1);
        Path result = BackupSet.folderOf(stack).resolve(set.name() + ".verified");
        List<List<String>> rows = new ArrayList<>();
        for (String phase : sample.chosen()) {
            delete(result);
            CommandResult killed = stack.stackWithHook("BACKUP_PHASE_HOOK", inTheWorker(phase), "verify", set.name());
            boolean called = Files.exists(result);
            CommandResult next = stack.stack("verify", set.name());
            rows.add(List.of(phase, "137, verified: false, next 0, nothing left", "%d, verified: %s, next %d, %s".formatted(killed
                    .exitCode(),
                    called, next.exitCode(), leftOvers(".verifying-"))));
        }
        evidence.table("Verifications killed", List.of("phase", "expected", "observed"), rows).observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    @Test
    @Promise("BKP-7")
    void aFullDiskSaysNothingOfTheSetThatIsVerified(Evidence evidence) {
        evidence.expected(
                "with the disk of the sets full from the beginning of a phase on, a verification ends with 20, and the set is called neither verified nor"
                        + " damaged; with room again it is verified");
        assumeTrue(SmallDisk.isPossible(), "only root can mount a small disk");

        Sample<String> sample = Sample.of(VERIFY, 1);
        List<List<String>> rows = new ArrayList<>();
        try (SmallDisk disk = SmallDisk.over(BackupSet.folderOf(stack), FOR_A_SERVER, worker())) {
            BackupSet onTheDisk = BackupSet.make(stack);
            Path result = disk.folder().resolve(onTheDisk.name() + ".verified");
            for (String phase : sample.chosen()) {
                CommandResult full = stack.stackWithHook("BACKUP_PHASE_HOOK", fillsTheDisk(phase), "verify", onTheDisk.name());
                boolean judged = Files.exists(result);
                delete(disk.folder().resolve(".filler"));
                CommandResult next = stack.stack("verify", onTheDisk.name());
                rows.add(List.of(phase, "20, judged: false, next 0", "%d, judged: %s, next %d".formatted(full.exitCode(), judged, next
                        .exitCode())));
                delete(result);
            }
        }
        evidence.table("Verifications on a full disk", List.of("phase", "expected", "observed"), rows).observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    @Test
    @Promise(value = "BKP-8", part = "killed while dropping")
    void aKilledPruneDropsASetWhollyOrNot(Evidence evidence) {
        evidence.expected(
                "killed with SIGKILL while it drops a set, a prune leaves no part of a set; the next one ends with 0 and leaves nothing of it");

        List<List<String>> rows = new ArrayList<>();
        for (String phase : PRUNE) {
            BackupSet.make(stack);
            BackupSet newest = BackupSet.make(stack);
            CommandResult killed = stack.stackWithHook("BACKUP_PHASE_HOOK", inTheWorker(phase), "prune");
            long whole = BackupSet.of(stack).stream().filter(each -> Files.exists(each.manifestFile())).count();
            boolean parts = whole != BackupSet.of(stack).size();
            CommandResult next = stack.stack("prune");
            rows.add(List.of(phase, "137, parts: false, next 0, newest there: true, nothing left",
                    "%d, parts: %s, next %d, newest there: %s, %s".formatted(
                            killed.exitCode(), parts, next.exitCode(), Files.exists(newest.manifestFile()), leftOvers(".dropping-"))));
        }
        set = BackupSet.make(stack);
        ofTheSet = Content.of(stack);
        evidence.table("Prunes killed", List.of("phase", "expected", "observed"), rows).observed(rows.size() + " phases");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    @Test
    @Promise(value = "BKP-5", part = "killed at any phase")
    void aKilledRestoreLeavesTheOldDataOrTheNew(Evidence evidence) {
        evidence.expected(
                "killed with SIGKILL at the beginning of each phase: ./stack status says that a restore was cut short, ./stack up puts it in order, and the"
                        + " stack then holds exactly the data of before, or from the renaming of the databases on exactly the set's; nothing of the other is left");

        List<String> phases = Stream.concat(BEFORE_THE_SWAP.stream(), AFTER_THE_SWAP.stream()).toList();
        Sample<String> sample = Sample.of(phases, 1);
        List<List<String>> rows = new ArrayList<>();
        for (String phase : sample.chosen()) {
            Http.postJson(stack.frontDoor() + "/api/agents",
                    "{\"name\":\"Not in the set, %s\",\"systemPrompt\":\"Be there or not.\",\"model\":\"sonnet\"}".formatted(phase))
                    .orThrow();
            stack.exec(Service.STRAPI, "bash", "-c", "echo later >public/uploads/later.txt").orThrow();
            Content before = Content.of(stack);
            CommandResult killed = stack.stackWithHook("PHASE_HOOK", onTheHost(phase), "restore", set.name(), "--yes",
                    "--no-restore-point");
            String status = stack.stack("status").out();
            CommandResult up = stack.stack("up");
            Content after = Content.of(stack);
            rows.add(List.of(phase, "%d, told, up 0, %s, nothing left".formatted(KILLED, BEFORE_THE_SWAP.contains(phase) ? "old" : "new"),
                    "%d, %s, up %d, %s, %s".formatted(killed.exitCode(), status.contains("was cut short") ? "told" : "not told: " + status,
                            up.exitCode(), whose(after, before), leftOfARestore())));
        }
        evidence.table("Restores killed", List.of("phase", "expected", "observed"), rows).observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
    }

    private String whose(Content after, Content before) {
        if (after.isSameAs(before)) {
            return "old";
        }
        return after.isSameAs(ofTheSet)
                ? "new"
                : "a mix: of before lost %s, of the set lost %s, uploads %s".formatted(before.rowsMissingIn(after), ofTheSet
                        .rowsMissingIn(after), after.uploads());
    }

    private String leftOfARestore() {
        List<String> left = new ArrayList<>(stack.query("SELECT datname FROM pg_database WHERE datname ~ 'restore'"));
        left.addAll(stack.exec(Service.STRAPI, "bash", "-c", "find public/uploads -name '.restore*'").orThrow().lines().toList());
        Path journal = Path.of(stack.env().require("DATA_ROOT")).resolve(".stack/restore-" + stack.name());
        if (Files.exists(journal)) {
            left.add(journal.toString());
        }
        return left.isEmpty() ? "nothing left" : "left: " + left;
    }

    private String leftOvers(String prefix) {
        try (Stream<Path> entries = Files.list(BackupSet.folderOf(stack))) {
            List<String> left = entries.map(entry -> entry.getFileName().toString()).filter(name -> name.startsWith(prefix)).toList();
            return left.isEmpty() ? "nothing left" : "left: " + left;
        } catch (IOException e) {
            throw new UncheckedIOException("The backups cannot be listed", e);
        }
    }

    /** A hook beside the worker's own program, in the stack's own copy of the checkout. */
    private String inTheWorker(String phase) {
        killHook(stack.root().resolve("database/backup/fault-hook"), phase);
        return "/opt/backup/fault-hook";
    }

    private String fillsTheDisk(String phase) {
        hook(stack.root().resolve("database/backup/fault-hook"), "[[ $1 != " + phase
                + " ]] || head -c 1G /dev/zero >/backups/.filler 2>/dev/null || true");
        return "/opt/backup/fault-hook";
    }

    private int worker() {
        return Integer.parseInt(stack.env().get("BACKUP_USER").orElse("70:70").split(":", 2)[0]);
    }

    private String onTheHost(String phase) {
        return killHook(stack.directory().resolve("fault-hook"), phase).toString();
    }

    private static Path killHook(Path file, String phase) {
        return hook(file, "[[ $1 != " + phase + " ]] || kill -KILL \"$PPID\"");
    }

    private static Path hook(Path file, String command) {
        try {
            Files.writeString(file, "#!/bin/bash\n" + command + "\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be deleted", e);
        }
    }
}

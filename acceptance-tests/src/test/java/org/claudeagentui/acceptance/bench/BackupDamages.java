package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.promises.BackupSet;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.SmallDisk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Damages to backups of several programs, each to a backup of its own, and whether the program's own check notices them. */
final class BackupDamages {
    /** The control. */
    static final String NONE = "none";

    private static final String NOT_APPLICABLE = "not applicable";
    private static final String NOTICED = "noticed";
    private static final String NOT_NOTICED = "not noticed";
    private static final int FLIPPED = 10;
    private static final int TOO_SMALL = 20;
    private static final long SEED = 12;

    private final OurBackup ours;
    private final SeedBackup seeds;
    private final ResticBackup restic;
    private final PgBackRestBackup pgBackRest;
    private final List<BackupProgram> programs;
    private final Map<String, Map<String, String>> noticed = new LinkedHashMap<>();

    BackupDamages(OurBackup ours, SeedBackup seeds, ResticBackup restic, PgBackRestBackup pgBackRest) {
        this.ours = ours;
        this.seeds = seeds;
        this.restic = restic;
        this.pgBackRest = pgBackRest;
        this.programs = List.of(ours, seeds, restic, pgBackRest);
    }

    @FunctionalInterface
    private interface Damage {
        void to(Path made) throws IOException;
    }

    /** What each program made of each damage, by the damage's name and the program's. */
    Map<String, Map<String, String>> tryAll() {
        programs.forEach(BackupProgram::setUp);
        programs.forEach(program -> put(NONE, program, check(program, made -> {}).equals(NOT_NOTICED)
                ? "nothing to notice"
                : "false alarm"));
        for (BackupProgram program : programs) {
            put("dump cut off", program, check(program, made -> MadeFiles.cutOff(program.rows())));
            put("a bit flipped", program, flipInTurn(program));
            put("dump empty", program, check(program, made -> Files.write(program.rows(), new byte[0])));
            put("dump missing", program, check(program, made -> Files.delete(program.rows())));
            put("a file too many", program, check(program, made -> Files.writeString(made.resolve("extra.sql"), "DROP TABLE agents;")));
        }
        redoSums();
        takeAnothers();
        comeFromElsewhere();
        cutShort();
        fillTheDisk();
        runTwice();
        return noticed;
    }

    private void put(String damage, BackupProgram program, String outcome) {
        noticed.computeIfAbsent(damage, name -> new LinkedHashMap<>()).put(program.name(), outcome);
    }

    private static String check(BackupProgram program, Damage damage) {
        return check(program, damage, program::check);
    }

    private static String check(BackupProgram program, Damage damage, Supplier<CommandResult> check) {
        program.forget();
        program.backUp().orThrow();
        apply(program, damage);
        return told(check.get());
    }

    private static void apply(BackupProgram program, Damage damage) {
        try {
            damage.to(program.made());
        } catch (IOException e) {
            throw new UncheckedIOException("A backup of " + program.name() + " cannot be damaged", e);
        }
    }

    private static String told(CommandResult result) {
        return result.succeeded() ? NOT_NOTICED : NOTICED;
    }

    // One file after the other, each whole again before the next.
    private static String flipInTurn(BackupProgram program) {
        program.forget();
        program.backUp().orThrow();
        List<Path> files = new ArrayList<>(MadeFiles.below(program.made()));
        files.removeIf(file -> file.toFile().length() == 0);
        Collections.shuffle(files, new Random(SEED));
        List<Path> tried = files.subList(0, Math.min(FLIPPED, files.size()));
        List<String> missed = new ArrayList<>();
        for (Path file : tried) {
            apply(program, made -> MadeFiles.flip(file));
            if (program.check().succeeded()) {
                missed.add(file.getFileName().toString());
            }
            apply(program, made -> MadeFiles.flip(file));
        }
        return missed.isEmpty()
                ? "%s in all %d files tried".formatted(NOTICED, tried.size())
                : "%s in %d of %d files tried %s".formatted(NOT_NOTICED, missed.size(), tried.size(), missed);
    }

    private void redoSums() {
        String damage = "content changed, sums redone";
        put(damage, ours, check(ours, made -> {
            MadeFiles.flip(ours.rows());
            String sum = BackupSet.sha256(Files.readAllBytes(ours.rows()));
            Path manifest = made.resolve("manifest.json");
            Files.writeString(manifest, Files.readString(manifest)
                    .replaceFirst("(\"database.dump\", \"bytes\": \\d+, \"sha256\": \")[0-9a-f]{64}", "$1" + sum));
        }));
        put(damage, seeds, check(seeds, made -> seeds.programs()
                .runOnTheHost("cd %s && gzip -dc postgres.sql.gz | sed 's/sonnet/opus/' | gzip >new && mv new postgres.sql.gz".formatted(
                        made))
                .orThrow()));
        put(damage, restic, check(restic, made -> {
            Path pack = restic.rows();
            MadeFiles.flip(pack);
            Files.move(pack, pack.resolveSibling(BackupSet.sha256(Files.readAllBytes(pack))));
        }));
        put(damage, pgBackRest, "not tried");
    }

    private void takeAnothers() {
        String damage = "another database's backup in its place";
        put(damage, ours, check(ours, made -> {
            BackupSet set = new BackupSet(made);
            BackupSet other = set.copyTo(made.resolveSibling("other"));
            other.rewriteManifest(BackupSet.key(ours.stack()), body -> body.replaceFirst("\"set\": \"\\d{8}", "\"set\": \"20200101"));
            set.remove();
            other.copyTo(made);
            other.remove();
        }));
        seeds.forget();
        seeds.backUp("postgres").orThrow();
        put(damage, seeds, told(seeds.check()));
        restic.forget();
        restic.backUp("postgres").orThrow();
        put(damage, restic, told(restic.check()));
        put(damage, pgBackRest, "not tried");
    }

    private void comeFromElsewhere() {
        ComposeStack stack = ours.stack();
        String key = BackupSet.key(stack);
        String newer = "made by a newer server";
        put(newer, ours, check(ours, made -> new BackupSet(made).rewriteManifest(key, body -> body.replaceFirst("\"serverNumber\": \\d+",
                "\"serverNumber\": 990001")), () -> stack.stack("restore", ours.set().name(), "--yes", "--no-restore-point")));
        String keys = "another key than the backup's";
        put(keys, ours, check(ours, made -> Files.writeString(BackupSet.keyFile(stack), "0123456789abcdef".repeat(4) + "\n")));
        try {
            Files.writeString(BackupSet.keyFile(stack), key + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The key cannot be put back", e);
        }
        put(keys, restic, check(restic, made -> {}, restic::checkWithAnotherPassword));
        for (BackupProgram program : programs) {
            noticed.getOrDefault(newer, Map.of()).putIfAbsent(program.name(), NOT_APPLICABLE);
            noticed.getOrDefault(keys, Map.of()).putIfAbsent(program.name(), NOT_APPLICABLE);
        }
    }

    // Without what each writes last.
    private void cutShort() {
        String damage = "half-written";
        put(damage, ours, check(ours, made -> Files.delete(made.resolve("manifest.json"))));
        put(damage, seeds, check(seeds, made -> Files.delete(made.resolve("nginx-config.tar.gz"))));
        put(damage, restic, check(restic, made -> MadeFiles.delete(MadeFiles.below(made.resolve("snapshots")))));
        put(damage, pgBackRest, check(pgBackRest, made -> MadeFiles.delete(MadeFiles.below(made.resolve("backup"))
                .stream()
                .filter(file -> file.getFileName().toString().matches("backup\\.(info|manifest).*"))
                .toList())));
    }

    private void fillTheDisk() {
        String damage = "disk full while it is made";
        int worker = Integer.parseInt(ours.stack().env().get("BACKUP_USER").orElse("70:70").split(":", 2)[0]);
        try (SmallDisk _ = SmallDisk.over(BackupSet.folderOf(ours.stack()), TOO_SMALL, worker)) {
            put(damage, ours, told(ours.backUp()));
        }
        seeds.forget();
        try {
            Files.createDirectories(seeds.made());
        } catch (IOException e) {
            throw new UncheckedIOException(seeds.made() + " cannot be made", e);
        }
        try (SmallDisk _ = SmallDisk.over(seeds.made(), 1, 0)) {
            put(damage, seeds, told(seeds.backUp()));
        }
        put(damage, restic, told(restic.backUpOntoASmallDisk()));
        put(damage, pgBackRest, told(pgBackRest.backUpOntoASmallDisk()));
    }

    private void runTwice() {
        String damage = "a second run at once";
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (BackupProgram program : programs) {
                program.forget();
                CompletableFuture<CommandResult> one = CompletableFuture.supplyAsync(program::backUp, threads);
                CompletableFuture<CommandResult> other = CompletableFuture.supplyAsync(program::backUp, threads);
                boolean both = one.join().succeeded() && other.join().succeeded();
                put(damage, program, both ? NOT_NOTICED : NOTICED);
            }
        }
        put(damage, restic, "not applicable: allowed");
    }
}

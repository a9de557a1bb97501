package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.data.Amount;
import org.claudeagentui.acceptance.data.BulkData;
import org.claudeagentui.acceptance.promises.StrapiAdmin;
import org.claudeagentui.acceptance.report.Distribution;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.BackupPrograms;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups of the same data by several programs, in turns and in changing order, with the data in the machine's page cache. Rows and uploads
 * are measured apart: what is good at text needn't be at pictures. And what a restore costs.
 */
@AcceptanceTest
@ExtendWith(FiguresExtension.class)
class BackupBench {
    private static final long BULK = 208L << 20;
    private static final long LITTLE = 4L << 20;
    private static final double MIB = 1 << 20;
    private static final int ROUNDS = 3;
    private static final int RESTORES = 3;

    @Test
    void backupsOfRows(Stacks stacks, Figures figures) {
        ComposeStack stack = bootWithAnUpload(stacks);
        Amount amount = new BulkData(stack).addRows(BULK);
        compare("rows", amount, stack, stacks.backupPrograms(stack), figures);
    }

    @Test
    void backupsOfUploads(Stacks stacks, Figures figures) {
        ComposeStack stack = bootWithAnUpload(stacks);
        Amount amount = new BulkData(stack).addUploads(BULK);
        compare("uploads", amount, stack, stacks.backupPrograms(stack), figures);
    }

    private static ComposeStack bootWithAnUpload(Stacks stacks) {
        ComposeStack stack = stacks.create();
        stack.start();
        StrapiAdmin.signIn(stack).upload("words.txt", "words ".repeat(1000).getBytes(StandardCharsets.UTF_8)).orThrow();
        return stack;
    }

    private static void compare(String what, Amount amount, ComposeStack stack, BackupPrograms debian, Figures figures) {
        BackupProgram ours = new OurBackup(stack);
        BackupProgram seeds = new SeedBackup(stack, debian);
        List<BackupProgram> programs = new ArrayList<>(List.of(ours, seeds, new ResticBackup(debian), new PgBackRestBackup(debian)));
        Map<BackupProgram, List<Double>> seconds = new LinkedHashMap<>();
        Map<BackupProgram, Double> sizes = new LinkedHashMap<>();
        programs.forEach(BackupProgram::setUp);
        programs.forEach(program -> seconds.put(program, new ArrayList<>()));
        // The first round warms caches, and is not counted.
        for (int round = 0; round <= ROUNDS; round++) {
            for (BackupProgram program : programs) {
                program.forget();
                CommandResult made = program.backUp().orThrow();
                if (round > 0) {
                    seconds.getOrDefault(program, List.of()).add(made.took().toMillis() / 1000.0);
                }
                sizes.put(program, MadeFiles.bytes(program.made()) / MIB);
            }
            Collections.rotate(programs, 1);
        }
        String prefix = "backup of " + what + ": ";
        figures.tell(prefix + "data", amount.describe() + ", warm cache, order rotated");
        Map<BackupProgram, Distribution> times = new LinkedHashMap<>();
        seconds.forEach((program, each) -> times.put(program, Distribution.of(each.stream().mapToDouble(Double::doubleValue))));
        times.forEach((program, time) -> figures.addMedian(prefix + program.name() + ", time", time, "s", ""));
        sizes.forEach((program, size) -> figures.add(prefix + program.name() + ", size", size, "MiB", ""));
        figures.addRatio(prefix + "time, ours : seed's", median(times, ours) / median(times, seeds), "at most 1");
        figures.addRatio(prefix + "size, ours : seed's", sizes.getOrDefault(ours, 0.0) / sizes.getOrDefault(seeds, 1.0), "at most 1");
    }

    private static double median(Map<BackupProgram, Distribution> times, BackupProgram program) {
        return times.getOrDefault(program, Distribution.of(DoubleStream.empty())).percentile(50);
    }

    @Test
    void restores(Stacks stacks, Figures figures) {
        ComposeStack stack = bootWithAnUpload(stacks);
        BulkData bulk = new BulkData(stack);
        Amount amount = bulk.addRows(BULK).and(bulk.addUploads(BULK));
        OurBackup ours = new OurBackup(stack);
        CommandResult backup = ours.backUp().orThrow();
        String set = ours.set().name();
        CommandResult verify = stack.stack("verify", set).orThrow();
        List<Double> boots = new ArrayList<>();
        List<Double> downtimes = new ArrayList<>();
        List<Double> totals = new ArrayList<>();
        for (int round = 0; round < RESTORES; round++) {
            stack.down();
            boots.add(stack.upByStack().healthyAfter().toMillis() / 1000.0);
            Instant asked = Instant.now();
            CommandResult restore = stack.stack("restore", set, "--yes", "--no-restore-point").orThrow();
            downtimes.add(downtime(stack.events().since(asked)).toMillis() / 1000.0);
            totals.add(restore.took().toMillis() / 1000.0);
        }
        figures.tell("restore: data", amount.describe() + ", warm cache, boots and restores in turns");
        figures.add("restore: the set's backup", backup.took().toMillis() / 1000.0, "s", "");
        figures.add("restore: the set's verification", verify.took().toMillis() / 1000.0, "s", "");
        figures.addMedian("restore: a boot on the same data, ./stack up to all healthy", distribution(boots), "s", "");
        figures.addMedian("restore: downtime, first service stopped to all healthy", distribution(downtimes), "s", "a boot and 10 s");
        figures.add("restore: downtime beyond a boot", distribution(downtimes).percentile(50) - distribution(boots).percentile(50), "s",
                "at most 10 s");
        figures.addMedian("restore: in all, without a restore point", distribution(totals), "s", "");
    }

    private static Distribution distribution(List<Double> values) {
        return Distribution.of(values.stream().mapToDouble(Double::doubleValue));
    }

    // By the engine's clock, from the first service that it ended to the last that turned healthy.
    private static Duration downtime(List<EngineEvent> events) {
        List<EngineEvent> services = events.stream().filter(event -> Service.ALL.contains(event.service())).toList();
        Instant down = services.stream()
                .filter(event -> event.action().equals("kill") || event.action().equals(EngineEvent.DIE))
                .map(EngineEvent::at)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No service was stopped"));
        Instant up = services.stream()
                .filter(event -> event.action().equals(EngineEvent.HEALTHY))
                .map(EngineEvent::at)
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new IllegalStateException("No service turned healthy"));
        return Duration.between(down, up);
    }

    @Test
    void whatEachNotices(Stacks stacks, Figures figures) {
        ComposeStack stack = bootWithAnUpload(stacks);
        BulkData bulk = new BulkData(stack);
        bulk.addRows(LITTLE);
        bulk.addUploads(LITTLE);
        BackupPrograms debian = stacks.backupPrograms(stack);
        BackupDamages damages = new BackupDamages(new OurBackup(stack), new SeedBackup(stack, debian), new ResticBackup(debian),
                new PgBackRestBackup(debian));
        Map<String, Map<String, String>> noticed = damages.tryAll();
        noticed.forEach((damage, byProgram) -> figures.tell("damage: " + damage, String.join("; ", byProgram.entrySet()
                .stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .toList())));
        noticed.remove(BackupDamages.NONE);
        assertThat(noticed).allSatisfy((damage, byProgram) -> assertThat(byProgram.get("./stack backup")).as(damage).startsWith("noticed"));
    }
}

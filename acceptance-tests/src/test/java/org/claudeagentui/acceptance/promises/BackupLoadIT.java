package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Backups while uploads come, go, and are replaced. */
@AcceptanceTestBeside
class BackupLoadIT {
    private static final int BACKUPS = 20;
    private static final int BACKUPS_IN_A_PLAIN_RUN = 1;
    private static final int CLIENTS = 3;
    private static final int CHANGES_BEFORE = 20;
    private static final Duration LATEST_CHANGES = Duration.ofMinutes(2);
    private static final int LARGEST = 60_000;
    private static final Pattern COPY = Pattern.compile("(?ms)^COPY public\\.files \\((.*?)\\) FROM stdin;\\n(.*?)^\\\\\\.$");
    private static final Pattern SHA256 = Pattern.compile("\"sha256\": ?\"([0-9a-f]{64})\"");

    @Test
    @Promise("BKP-6")
    void aBackupUnderWriteLoadIsConsistent(Stacks stacks, Evidence evidence) throws IOException {
        Sample<Integer> sample = Sample.of(IntStream.rangeClosed(1, BACKUPS).boxed().toList(), BACKUPS_IN_A_PLAIN_RUN);
        evidence.expected(
                "of each of %d backups made while %d clients add, replace and delete uploads without a pause: every row of the dump names a file of the set"
                        .formatted(sample.chosen().size(), CLIENTS)
                        + " with the row's own hash, as many rows as the manifest says; and ./stack verify restores it");

        ComposeStack stack = stacks.create();
        stack.start();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        List<List<String>> rows = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> busy = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(() -> change(StrapiAdmin.signIn(stack), new Random(client), enough,
                            changes), clients))
                    .toList();
            try {
                await("changes").atMost(LATEST_CHANGES).until(() -> {
                    busy.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
                    return changes.get() > CHANGES_BEFORE;
                });
                for (int backup : sample.chosen()) {
                    int before = changes.get();
                    BackupSet set = BackupSet.make(stack);
                    int during = changes.get() - before;
                    CommandResult verify = stack.stack("verify", set.name());
                    rows.add(List.of(String.valueOf(backup), "0 misfits, verified", judge(stack, set) + (verify.succeeded()
                            ? ", verified"
                            : ", not verified: " + verify.lastLines(3)), String.valueOf(during)));
                }
            } finally {
                enough.set(true);
            }
            busy.forEach(CompletableFuture::join);
        }
        evidence.table("Backups under load", List.of("backup", "expected", "observed", "changes meanwhile"), rows)
                .observed(sample.describe() + "; changes in all: " + changes);
        evidence.figure("changes to uploads", changes.get(), "");

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
        assertThat(rows).anySatisfy(row -> assertThat(Integer.parseInt(row.get(3))).as("changes meanwhile").isPositive());
    }

    private static void change(StrapiAdmin admin, Random random, AtomicBoolean enough, AtomicInteger changes) {
        List<Integer> uploads = new ArrayList<>();
        while (!enough.get()) {
            byte[] content = new byte[1 + random.nextInt(LARGEST)];
            random.nextBytes(content);
            Answer answer;
            int choice = uploads.size() < 3 ? 0 : random.nextInt(3);
            if (choice == 0) {
                answer = admin.upload("load.txt", content).orThrow();
                uploads.add(answer.json().at("/0/id").asInt());
            } else if (choice == 1) {
                answer = admin.replace(uploads.get(random.nextInt(uploads.size())), "load.txt", content);
            } else {
                int at = random.nextInt(uploads.size());
                answer = admin.deleteUpload(uploads.get(at));
                uploads.subList(at, at + 1).clear();
            }
            answer.orThrow();
            changes.incrementAndGet();
        }
    }

    // What the dump's rows say against the set's own list of files, read without the program that made them.
    private static String judge(ComposeStack stack, BackupSet set) throws IOException {
        String sql = stack.exec(Service.POSTGRES, "pg_restore", "--data-only", "--table=files", "--file=-", "/backups/" + set.name()
                + "/database.dump").orThrow() + "\n";
        Matcher copy = COPY.matcher(sql);
        if (!copy.find()) {
            return "no rows in the dump";
        }
        Map<String, String> files = new HashMap<>();
        for (String line : Files.readAllLines(set.folder().resolve("uploads.sha256"))) {
            files.put(line.substring(66), line.substring(0, 64));
        }
        List<String> columns = List.of(copy.group(1).split(", ", -1));
        List<String> misfits = new ArrayList<>();
        List<String> rows = copy.group(2).lines().toList();
        for (String row : rows) {
            List<String> values = List.of(row.split("\t", -1));
            String path = values.get(columns.indexOf("url")).replaceFirst("^/uploads/", "./");
            Matcher sum = SHA256.matcher(values.get(columns.indexOf("provider_metadata")));
            if (!sum.find() || !sum.group(1).equals(files.get(path))) {
                misfits.add(path);
            }
        }
        int told = 0;
        for (var table : set.manifest().path("tables")) {
            told += table.path("table").asText().equals("public.files") ? table.path("rows").asInt() : 0;
        }
        return told == rows.size() ? misfits.size() + " misfits" : "%d rows, and the manifest says %d".formatted(rows.size(), told);
    }
}

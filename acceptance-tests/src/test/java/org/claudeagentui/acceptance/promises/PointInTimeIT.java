package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One stack that archives its write-ahead log, and moments of it that are brought back, or refused. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PointInTimeIT {
    private static final Pattern MADE = Pattern.compile("(?m)^Made the set (\\d{8}T\\d{6}Z) ");
    private static final String CLOCK = "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
    private static final Duration RESTARTED = Duration.ofSeconds(90);
    private static final String ARCHIVE_INSIDE = "/archive/";

    private final ComposeStack stack;
    private WalArchive archive;
    private String beforeAnyBase;

    PointInTimeIT(Stacks stacks) {
        this.stack = stacks.create();
    }

    @BeforeAll
    void bootWithABaseBackup() {
        stack.prepare();
        stack.stack("up", "--point-in-time").orThrow();
        addAgent("Deleted after the moment");
        StrapiAdmin.signIn(stack).upload("in-the-set.txt", text("in the set")).orThrow();
        beforeAnyBase = now();
        BackupSet.make(stack);
        archive = WalArchive.of(stack);
    }

    private void addAgent(String name) {
        Http.postJson(stack.frontDoor() + "/api/agents", "{\"name\":\"%s\",\"systemPrompt\":\"Be there, or not.\",\"model\":\"sonnet\"}"
                .formatted(name)).orThrow();
    }

    private static byte[] text(String content) {
        return content.repeat(2000).getBytes(StandardCharsets.UTF_8);
    }

    /** The server's clock, between two transactions. */
    private String now() {
        return stack.query(CLOCK).getFirst();
    }

    @Test
    @Order(1)
    @Promise(value = "BKP-2", part = "a moment after the newest set")
    void aMomentAfterTheNewestSetComesBack(Evidence evidence) {
        evidence.expected(
                "after a set, rows and an upload are added, a moment is noted, a row and an upload are deleted and others added: ./stack recover makes a set of"
                        + " that moment and touches nothing; restored, every row and upload of the moment is there and no other, the deleted ones too");

        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        addAgent("Between the set and the moment");
        admin.upload("after-the-set.txt", text("after the set")).orThrow();
        Content then = Content.of(stack);
        List<String> storeThen = storeOfStrapi();
        String moment = now();
        addAgent("After the moment");
        stack.query("DELETE FROM agents WHERE name = 'Deleted after the moment'");
        admin.deleteUpload(Integer.parseInt(stack.query("SELECT id FROM files WHERE name = 'in-the-set.txt'").getFirst())).orThrow();
        admin.upload("after-the-moment.txt", text("after the moment")).orThrow();
        Content before = Content.of(stack);
        int events = stack.events().all().size();

        CommandResult recover = stack.stack("recover", moment);
        assertThat(recover.exitCode()).as(recover.lastLines(8)).isZero();
        List<String> touched = stack.events().touchedAfter(events);
        boolean untouched = Content.of(stack).isSameAs(before);
        BackupSet set = setOf(recover);
        JsonNode manifest = set.manifest();
        String backups = stack.stack("backups", "--json").orThrow().out();
        CommandResult verify = stack.stack("verify", set.name());
        CommandResult restore = stack.stack("restore", set.name(), "--yes", "--no-restore-point");
        assertThat(restore.exitCode()).as(restore.lastLines(8)).isZero();
        Content after = Content.of(stack);
        List<String> changed = new ArrayList<>(storeOfStrapi());
        changed.removeAll(storeThen);
        evidence.figure("recovery to a set", recover.took().toMillis() / 1000.0, "s");
        evidence.observed(
                "%s stands for %s; touched by the recovery: %s; verified: %d; rows lost %s, rows too many %s; of Strapi's store written since: %s; uploads %s"
                        .formatted(set
                                .name(), manifest.path("moment").asText(), touched, verify.exitCode(), then.rowsMissingIn(after), after
                                        .rowsMissingIn(then), changed, after
                                                .uploads()));

        assertThat(touched).isEmpty();
        assertThat(untouched).as("the running stack is as it was").isTrue();
        assertThat(manifest.path("moment").asText()).isEqualTo(moment);
        assertThat(backups).contains("\"set\":\"" + set.name() + "\"").contains("\"origin\":\"archive\",\"moment\":\"" + moment + "\"");
        assertThat(set.folder().resolve("uploads.misfits")).doesNotExist();
        assertThat(verify.exitCode()).as(verify.lastLines(5)).isZero();
        assertThat(then.rowsMissingIn(after)).as("rows lost").isEmpty();
        assertThat(after.rowsMissingIn(then)).as("rows too many").isEmpty();
        assertThat(after.uploads()).isEqualTo(then.uploads());
        assertThat(Service.ALL).allMatch(stack::isHealthy);
    }

    /** Strapi's store by its keys, since a hash alone would not tell which of its rows a start has rewritten. */
    private List<String> storeOfStrapi() {
        return stack.query("SELECT key || ' ' || md5(value) FROM strapi_core_store_settings WHERE key NOT IN ('%s') ORDER BY 1".formatted(
                String.join("', '", Content.REWRITTEN)));
    }

    @Test
    @Order(2)
    @Promise(value = "BKP-2", part = "a moment that is not archived")
    void aMomentThatIsNotArchivedIsRefused(Evidence evidence) {
        evidence.expected(
                "a moment before the first base backup, one in the future and what is no time are refused with 2, say why, and touch nothing");

        Content before = Content.of(stack);
        List<BackupSet> sets = BackupSet.of(stack);
        int events = stack.events().all().size();
        List<String> seen = new ArrayList<>();
        for (String time : List.of(beforeAnyBase, "2999-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "yesterday")) {
            CommandResult recover = stack.stack("recover", time);
            seen.add("%d %s".formatted(recover.exitCode(), recover.err()
                    .lines()
                    .filter(line -> line.startsWith("error: "))
                    .findFirst()
                    .orElse(
                            recover.lastLines(3))
                    .replace(time, "TIME")
                    .replaceFirst("2999.*Z", "TIME")));
        }
        evidence.observed(seen.toString());

        assertThat(seen).containsExactly("2 error: TIME lies before all that is archived", "2 error: TIME is still to come",
                "2 error: TIME is no time that can be recovered to", "2 error: TIME is no time that can be recovered to");
        assertThat(BackupSet.of(stack)).isEqualTo(sets);
        assertThat(stack.events().touchedAfter(events)).isEmpty();
        assertThat(Content.of(stack).isSameAs(before)).isTrue();
    }

    @Test
    @Order(3)
    @Promise(value = "BKP-2", part = "a damaged or missing segment")
    void aDamagedOrMissingSegmentIsNoticed(Evidence evidence) throws IOException {
        evidence.expected(
                "with one bit of a segment that is needed flipped, and with that segment gone, a recovery ends with 13, names it, and leaves no set and"
                        + " no part of one; with the segment as it was the moment comes back");

        addAgent("In the segment");
        String needed = archive.closeSegment(stack);
        addAgent("In the one after it");
        String moment = now();
        List<BackupSet> sets = BackupSet.of(stack);
        Path file = archive.segment(needed);
        byte[] kept = Files.readAllBytes(file);
        byte[] damaged = kept.clone();
        damaged[damaged.length / 2] ^= 1;
        List<String> seen = new ArrayList<>();
        Files.write(file, damaged);
        seen.add(refusal(moment, needed));
        Files.delete(file);
        seen.add(refusal(moment, needed));
        List<BackupSet> after = BackupSet.of(stack);
        Files.write(file, kept);
        CommandResult whole = stack.stack("recover", moment);
        evidence.observed("%s; with the segment as it was: %d".formatted(seen, whole.exitCode()));

        assertThat(seen).containsExactly("13 damaged", "13 missing");
        assertThat(after).isEqualTo(sets);
        assertThat(whole.exitCode()).as(whole.lastLines(5)).isZero();
        assertThat(BackupSet.folderOf(stack)).isDirectoryNotContaining("glob:**/.making*");
    }

    private String refusal(String moment, String segment) {
        CommandResult recover = stack.stack("recover", moment);
        Matcher said = Pattern.compile("error: the segment " + segment + " of the archived write-ahead log is (\\w+)")
                .matcher(recover.err());
        return recover.exitCode() + " " + (said.find() ? said.group(1) : recover.lastLines(5));
    }

    @Test
    @Order(4)
    @Promise(value = "BKP-2", part = "a crash while nothing can be archived")
    void aCrashWhileNothingCanBeArchivedLosesNoSegment(Evidence evidence) {
        evidence.expected(
                "with the archive not writable, some segments are written and the server is killed; ./stack status says that it fails to archive; writable"
                        + " again, a moment after all that comes back, with every row");

        String folder = ARCHIVE_INSIDE + archive.folder().getFileName() + "/wal";
        stack.query("CREATE TABLE public.crashed (id int PRIMARY KEY, words text)");
        archive.closeSegment(stack);
        stack.execAs("70:70", Service.POSTGRES, "chmod", "0500", folder).orThrow();
        String status;
        try {
            for (int i = 0; i < 4; i++) {
                stack.query("INSERT INTO crashed SELECT %d * 1000 + i, repeat(md5(i::text), 8) FROM generate_series(1, 1000) i".formatted(
                        i));
                stack.query("SELECT pg_switch_wal()");
                stack.query("CHECKPOINT");
            }
            stack.signalAllHostPids(Service.POSTGRES, "KILL");
            await().atMost(RESTARTED).until(() -> !stack.isHealthy(Service.POSTGRES));
            await().atMost(RESTARTED).until(() -> stack.isHealthy(Service.POSTGRES));
            await().atMost(RESTARTED).until(() -> stack.stack("status").out().contains("it FAILS to archive"));
            status = stack.stack("status")
                    .out()
                    .lines()
                    .filter(line -> line.startsWith("point in time"))
                    .findFirst()
                    .orElse("nothing said");
        } finally {
            stack.execAs("70:70", Service.POSTGRES, "chmod", "2770", folder).orThrow();
        }
        String moment = now();
        CommandResult recover = stack.stack("recover", moment);
        assertThat(recover.exitCode()).as(recover.lastLines(8)).isZero();
        int rows = rowsOf(setOf(recover), "public.crashed");
        evidence.observed("status: %s; recovered: %d rows".formatted(status, rows));

        assertThat(rows).isEqualTo(4000);
    }

    private static int rowsOf(BackupSet set, String table) {
        for (JsonNode entry : set.manifest().path("tables")) {
            if (table.equals(entry.path("table").asText())) {
                return entry.path("rows").asInt();
            }
        }
        return -1;
    }

    @Test
    @Order(5)
    @Promise(value = "BKP-2", part = "what pruning keeps")
    void pruningKeepsWhatTheKeptBaseBackupsNeed(Evidence evidence) throws IOException {
        evidence.expected(
                "of three base backups, two of them long ago, the oldest goes, and with it the segments that only it needs; --dry-run drops nothing; a"
                        + " moment after the newest comes back all the same");

        BackupSet.make(stack);
        BackupSet.make(stack);
        List<String> bases = archive.bases();
        for (String old : bases.subList(0, 2)) {
            Path facts = archive.folder().resolve("base").resolve(old).resolve("facts");
            Files.writeString(facts, Files.readString(facts).replaceFirst("from=\\d{4}", "from=2020"));
        }
        String needed = Files.readAllLines(archive.folder().resolve("base").resolve(bases.get(1)).resolve("facts"))
                .stream()
                .filter(line -> line.startsWith("segment="))
                .map(line -> line.substring("segment=".length()))
                .findFirst()
                .orElseThrow();
        List<String> segments = archive.segments();
        stack.stack("prune", "--dry-run").orThrow();
        List<String> afterDry = archive.bases();
        List<String> segmentsAfterDry = archive.segments();
        CommandResult prune = stack.stack("prune").orThrow();
        CommandResult recover = stack.stack("recover", now());
        evidence.observed("%s of %d base backups; segments from %s on, of %d: %s; recovery: %d".formatted(archive.bases(), bases.size(),
                archive
                        .segments()
                        .getFirst(), segments.size(), prune.lastLines(1), recover.exitCode()));

        assertThat(afterDry).isEqualTo(bases);
        assertThat(segmentsAfterDry).isEqualTo(segments);
        assertThat(archive.bases()).isEqualTo(bases.subList(1, bases.size()));
        assertThat(archive.segments().getFirst()).isEqualTo(needed);
        assertThat(segments.getFirst()).isLessThan(needed);
        assertThat(recover.exitCode()).as(recover.lastLines(5)).isZero();
    }

    private BackupSet setOf(CommandResult recover) {
        Matcher made = MADE.matcher(recover.out());
        assertThat(made.find()).as(recover.lastLines(5)).isTrue();
        return new BackupSet(BackupSet.folderOf(stack).resolve(made.group(1)));
    }
}

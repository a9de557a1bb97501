package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Making sets, verifying and dropping them. */
@AcceptanceTest
class BackupIT {
    private static final Duration REST = Duration.ofSeconds(60);

    // What an earlier test began may still be writing.
    private static Content contentAtRest(ComposeStack stack) {
        await().atMost(REST)
                .until(() -> stack.query("SELECT count(*) FROM runs.run WHERE state IN ('queued', 'running')").equals(List.of("0")));
        return Content.of(stack);
    }

    @Test
    @Promise("BKP-1")
    void aSetHoldsDatabaseUploadsSettingsAndAManifestOfThem(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "./stack backup makes one dated folder: dump, uploads, .env (mode 600), compose files, nginx configuration, and a manifest with the SHA-256"
                        + " of each file, each table's rows as they are in the database, and the uploads' number");

        StrapiAdmin.signIn(stack).upload("words.txt", "words ".repeat(1000).getBytes(StandardCharsets.UTF_8)).orThrow();
        Content content = contentAtRest(stack);
        BackupSet set = BackupSet.make(stack);
        JsonNode manifest = set.manifest();
        Map<String, String> listed = new TreeMap<>();
        manifest.path("files").forEach(file -> listed.put(file.path("path").asText(), file.path("sha256").asText()));
        Map<String, Integer> rows = new TreeMap<>();
        manifest.path("tables").forEach(table -> rows.put(table.path("table").asText(), table.path("rows").asInt()));
        Map<String, Integer> expectedRows = new TreeMap<>();
        content.rows().forEach((table, hashes) -> expectedRows.put(table, hashes.size()));
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(set.folder().resolve("env")));
        evidence.observed("%s with %s; env has mode %s; %d tables, %d uploads of %d bytes".formatted(set.name(), listed.keySet(), mode, rows
                .size(), manifest.path("uploadFiles").asInt(), manifest.path("uploadBytes").asLong()));

        assertThat(listed).isEqualTo(set.sums());
        assertThat(listed.keySet()).contains("database.dump", "uploads.tar.zst", "uploads.sha256", "env",
                "configuration/docker-compose.yml",
                "configuration/nginx/nginx.conf", "configuration/nginx/conf.d/frontend.conf");
        assertThat(set.folder().resolve("configuration/docker-compose.yml")).hasSameBinaryContentAs(stack.root()
                .resolve(
                        "docker-compose.yml"));
        assertThat(Files.readString(set.folder().resolve("env"))).contains(stack.env().require("STRAPI_JWT_SECRET"));
        assertThat(mode).isEqualTo("rw-------");
        rows.put("public.strapi_core_store_settings", expectedRows.getOrDefault("public.strapi_core_store_settings", 0));
        assertThat(rows).isEqualTo(expectedRows);
        assertThat(manifest.path("uploadFiles").asInt()).isEqualTo(content.uploads().size());
    }

    @Test
    @Promise("BKP-7")
    void aSetIsVerifiedWithoutTouchingTheStack(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "./stack verify restores the set elsewhere and says so, ./stack backups tells it, no container of the stack is touched, no other container is left");

        BackupSet set = BackupSet.make(stack);
        int events = stack.events().all().size();
        CommandResult verify = stack.stack("verify", set.name());
        String backups = stack.stack("backups", "--json").orThrow().out();
        List<String> touched = stack.events()
                .all()
                .stream()
                .skip(events)
                .filter(event -> Service.ALL.contains(event.service()) && !event.action().startsWith("health"))
                .map(event -> event.service() + " " + event.action())
                .toList();
        evidence.observed("exit code %d: %s; %s; touched: %s".formatted(verify.exitCode(), verify.lastLines(1), backups.strip(), touched));
        evidence.figure("verification", verify.took().toMillis() / 1000.0, "s");

        assertThat(verify.exitCode()).as(verify.lastLines(5)).isZero();
        assertThat(backups).contains("\"set\":\"" + set.name() + "\"").contains("\"verified\":{\"ok\":true");
        assertThat(touched).isEmpty();
        assertThat(BackupSet.folderOf(stack)).isDirectoryNotContaining("glob:**/.verifying*");
    }

    @Test
    @Breaks
    @Promise(value = "BKP-3", part = "dead database")
    void aBackupOfADeadDatabaseLeavesNoSet(ComposeStack stack, Evidence evidence) {
        evidence.expected("with PostgreSQL stopped, ./stack backup ends with 1, says so, and no set and no part of one is there");

        List<BackupSet> before = BackupSet.of(stack);
        stack.pause(Service.POSTGRES);
        CommandResult backup;
        try {
            backup = stack.stack("backup");
        } finally {
            stack.unpause(Service.POSTGRES);
            await().atMost(Duration.ofSeconds(30)).until(() -> stack.isHealthy(Service.POSTGRES));
        }
        evidence.observed("exit code %d: %s; sets before %d, after %d".formatted(backup.exitCode(), backup.err().strip(), before.size(),
                BackupSet.of(stack).size()));

        assertThat(backup.exitCode()).isEqualTo(1);
        assertThat(backup.err()).contains("no set was made");
        assertThat(BackupSet.of(stack)).isEqualTo(before);
        assertThat(BackupSet.folderOf(stack)).isDirectoryNotContaining("glob:**/.making*");
    }

    @Test
    @Breaks
    @Promise("BKP-10")
    void nothingElseWorksOnTheBackupsMeanwhile(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "while the lock of the backups is held, backup, verify and restore end with 11, say who holds it, and change nothing");

        BackupSet set = BackupSet.make(stack);
        Path lock = BackupSet.folderOf(stack).resolve(".lock");
        List<String> seen = new ArrayList<>();
        HeldLock.during(lock, "the backup of a test, since now", () -> {
            for (List<String> command : List.of(List.of("backup"), List.of("verify", set.name()), List.of("restore", set.name(), "--yes",
                    "--no-restore-point"))) {
                CommandResult result = stack.stack(command.toArray(String[]::new));
                seen.add(command.getFirst() + " " + result.exitCode() + (result.err().contains("the backup of a test")
                        ? ", says who"
                        : ": " + result.lastLines(3)));
            }
        });
        evidence.observed(seen.toString());

        assertThat(seen).containsExactly("backup 11, says who", "verify 11, says who", "restore 11, says who");
    }

    @Test
    @Promise(value = "BKP-8", part = "what is dropped, and what never")
    void pruningDropsWhatThePlanSaysAndNothingElse(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "of three sets of one day in 2020 the newest stays, and the verified one, whatever its day; a folder that is no set, a set of another key and"
                        + " one without a manifest stay; --dry-run drops nothing; while the newest backup failed nothing is dropped");

        BackupSet set = BackupSet.make(stack);
        Path folder = BackupSet.folderOf(stack);
        for (String name : List.of("20200301T010000Z", "20200301T020000Z", "20200301T030000Z", "20200302T010000Z", "20200303T010000Z")) {
            BackupSet copy = set.copyTo(folder.resolve(name));
            String key = name.equals("20200302T010000Z") ? "00".repeat(32) : BackupSet.key(stack);
            copy.rewriteManifest(key, body -> body.replace("\"set\": \"" + set.name(), "\"set\": \"" + name));
        }
        Files.delete(folder.resolve("20200303T010000Z/manifest.json"));
        Files.createDirectories(folder.resolve("mine"));
        Files.writeString(folder.resolve("20200301T010000Z.verified"),
                "{\"set\": \"20200301T010000Z\", \"verified\": true, \"at\": \"2020-03-01T01:10:00Z\"}\n");
        BackupSet.of(stack)
                .stream()
                .map(BackupSet::name)
                .filter(name -> name.startsWith("2026") || name.startsWith("2027"))
                .forEach(name -> {
                    folder.resolve(name + ".verified").toFile().delete();
                });
        List<String> before = entries(folder);
        CommandResult dry = stack.stack("prune", "--dry-run");
        List<String> afterDry = entries(folder);
        Path outcome = folder.resolve(".last-backup");
        String good = Files.readString(outcome);
        Files.writeString(outcome, good.replaceFirst("^made", "failed"));
        CommandResult refused = stack.stack("prune");
        List<String> afterRefusal = entries(folder);
        Files.writeString(outcome, good);
        CommandResult prune = stack.stack("prune").orThrow();
        List<String> gone = new ArrayList<>(before);
        gone.removeAll(entries(folder));
        evidence.observed("dry run: %s; refused with %d: %s; dropped: %s".formatted(dry.out().strip().replace("\n", "; "), refused
                .exitCode(),
                refused.err().strip(), gone));

        assertThat(dry.exitCode()).isZero();
        assertThat(afterDry).isEqualTo(before);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(afterRefusal).isEqualTo(before);
        assertThat(prune.out()).contains("Dropped " + gone.size() + " sets");
        assertThat(gone).contains("20200301T020000Z")
                .doesNotContain("20200301T030000Z", "20200301T010000Z", "20200302T010000Z",
                        "20200303T010000Z", "mine");
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.endsWith(".verified"))
                    .sorted()
                    .toList();
        }
    }
}

package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
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
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One stack with data, a set of it, and what becomes of both. */
@AcceptanceTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {
    private static final byte[] PICTURE = "« a file with words » ".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    private static final List<String> DATA_KEYS = List.of("STRAPI_APP_KEYS", "STRAPI_API_TOKEN_SALT", "STRAPI_ADMIN_JWT_SECRET",
            "STRAPI_TRANSFER_TOKEN_SALT", "STRAPI_JWT_SECRET", "STRAPI_API_TOKEN");

    private final Stacks stacks;
    private final ComposeStack stack;
    private Content content;
    private BackupSet other;
    private BackupSet set;

    BackupIT(Stacks stacks) {
        this.stacks = stacks;
        this.stack = stacks.create();
    }

    @BeforeAll
    void bootWithData() {
        stack.start();
        for (int i = 1; i <= 20; i++) {
            addAgent(stack, "Ärchivist № " + i);
        }
        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        admin.upload("words.txt", PICTURE).orThrow();
        admin.upload("small.txt", new byte[]{65}).orThrow();
        content = Content.of(stack);
        other = BackupSet.make(stack);
        set = BackupSet.make(stack);
    }

    private static void addAgent(ComposeStack stack, String name) {
        Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"%s\",\"systemPrompt\":\"Keep “%s” — 字 and \\uD83D\\uDCE6.\",\"model\":\"sonnet\"}".formatted(name, name))
                .orThrow();
    }

    @Test
    @Order(1)
    @Promise("BKP-1")
    void aSetHoldsDatabaseUploadsSettingsAndAManifestOfThem(Evidence evidence) throws IOException {
        evidence.expected(
                "./stack backup makes one dated folder: dump, uploads, .env (mode 600), compose files, nginx configuration, and a manifest with the SHA-256"
                        + " of each file, each table's rows as they are in the database, and the uploads' number");

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
    @Order(2)
    @Promise("BKP-7")
    void aSetIsVerifiedWithoutTouchingTheStack(Evidence evidence) {
        evidence.expected(
                "./stack verify restores the set elsewhere and says so, ./stack backups tells it, no container of the stack is touched, no other container is left");

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
    @Order(3)
    @Promise("BKP-4")
    void aDamagedOrForeignSetIsRefusedBeforeAnythingIsTouched(Evidence evidence) throws IOException {
        evidence.expected(
                "each damaged copy of the set is refused with exit code 13 (12 where only the key is another's, 20 where the server is older), naming"
                        + " what is wrong; rows, uploads and containers stay as they are");

        Map<String, Damage> damages = damages();
        Content before = Content.of(stack);
        int events = stack.events().all().size();
        List<List<String>> rows = new ArrayList<>();
        Path kept = stack.directory().resolve("kept-set");
        copy(set.folder(), kept);
        for (Map.Entry<String, Damage> damage : damages.entrySet()) {
            damage.getValue().edit().apply(set.folder());
            CommandResult restore = stack.stack("restore", set.name(), "--yes");
            damage.getValue().undo().apply(set.folder());
            rows.add(List.of(damage.getKey(), damage.getValue().exitCode() + ", " + damage.getValue().says(), restore.exitCode() + ", "
                    + (restore.err().contains(damage.getValue().says()) ? damage.getValue().says() : restore.lastLines(3))));
            delete(set.folder());
            copy(kept, set.folder());
        }
        List<String> lost = before.rowsMissingIn(Content.of(stack));
        List<String> touched = stack.events()
                .all()
                .stream()
                .skip(events)
                .filter(event -> Service.ALL.contains(event.service()) && List.of("die", "create", "destroy").contains(event.action()))
                .map(event -> event.service() + " " + event.action())
                .toList();
        evidence.table("Damages", List.of("damage", "expected", "observed"), rows);
        evidence.observed("%d damages; rows lost: %s; containers touched: %s".formatted(rows.size(), lost, touched));

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.getFirst()).isEqualTo(row.get(1)));
        assertThat(lost).isEmpty();
        assertThat(touched).isEmpty();
    }

    @FunctionalInterface
    private interface Step {
        void apply(Path copy) throws IOException;
    }

    private record Damage(int exitCode, String says, Step edit, Step undo) {
        Damage(int exitCode, String says, Step edit) {
            this(exitCode, says, edit, copy -> {});
        }
    }

    private Map<String, Damage> damages() {
        Map<String, Damage> damages = new LinkedHashMap<>();
        damages.put("dump cut off", new Damage(13, "database.dump has", copy -> {
            try (RandomAccessFile dump = new RandomAccessFile(copy.resolve("database.dump").toFile(), "rw")) {
                dump.setLength(dump.length() - 1);
            }
        }));
        for (String file : List.of("database.dump", "uploads.tar.zst", "uploads.sha256", "env", "configuration/nginx/nginx.conf")) {
            damages.put("a bit flipped in " + file, new Damage(13, file + " was changed", copy -> flipABit(copy.resolve(file))));
        }
        damages.put("empty dump", new Damage(13, "database.dump has 0 bytes", copy -> Files.write(copy.resolve("database.dump"),
                new byte[0])));
        damages.put("missing file", new Damage(13, "uploads.tar.zst is missing", copy -> Files.delete(copy.resolve("uploads.tar.zst"))));
        damages.put("extra file", new Damage(13, "holds extra.sql", copy -> Files.writeString(copy.resolve("extra.sql"), "DROP TABLE")));
        damages.put("manifest changed, sums redone", new Damage(13, "keyed digest does not fit", copy -> {
            flipABit(copy.resolve("database.dump"));
            Path manifest = copy.resolve("manifest.json");
            String sum = BackupSet.sha256(Files.readAllBytes(copy.resolve("database.dump")));
            Files.writeString(manifest, Files.readString(manifest)
                    .replaceFirst("(\"database.dump\", \"bytes\": \\d+, \"sha256\": \")[0-9a-f]{64}", "$1" + sum));
        }));
        damages.put("no manifest", new Damage(13, "no finished set", copy -> Files.delete(copy.resolve("manifest.json"))));
        damages.put("another set's manifest and files", new Damage(13, "its manifest is that of", copy -> {
            delete(copy);
            copy(other.folder(), copy);
        }));
        damages.put("made by a newer server", new Damage(20, "newer than the one here", copy -> new BackupSet(copy).rewriteManifest(
                backupKey(),
                body -> body.replaceFirst("\"serverNumber\": \\d+", "\"serverNumber\": 990001"))));
        damages.put("rows unlike its manifest", new Damage(13, "its tables are not those of its manifest", copy -> new BackupSet(copy)
                .rewriteManifest(backupKey(), body -> body.replaceFirst("(\"public.agents\", \"rows\": )\\d+", "$199"))));
        damages.put("of a later format", new Damage(13, "its format is 2", copy -> new BackupSet(copy).rewriteManifest(backupKey(),
                body -> body.replaceFirst("\"format\": 1", "\"format\": 2"))));
        damages.put("signed with another key", new Damage(12, "signed with another backup key", copy -> exchangeKey("0123456789abcdef"
                .repeat(
                        4)),
                copy -> exchangeKey(savedKey)));
        return damages;
    }

    private String savedKey = "";

    private void exchangeKey(String key) throws IOException {
        savedKey = backupKey();
        Files.writeString(keyFile(stack), key + "\n");
    }

    private String backupKey() throws IOException {
        return Files.readString(keyFile(stack)).strip();
    }

    private static Path keyFile(ComposeStack of) {
        return Path.of(of.env().require("DATA_ROOT")).resolve(".stack/backup.key");
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    @Order(4)
    @Promise(value = "BKP-3", part = "dead database")
    void aBackupOfADeadDatabaseLeavesNoSet(Evidence evidence) {
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
    @Order(5)
    @Promise("BKP-10")
    void nothingElseWorksOnTheBackupsMeanwhile(Evidence evidence) {
        evidence.expected(
                "while the lock of the backups is held, backup, verify and restore end with 11, say who holds it, and change nothing");

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
    @Order(6)
    @Promise(value = "BKP-2", part = "same stack")
    void aRestoreIntoTheSameStackGivesTheContentBack(Evidence evidence) {
        evidence.expected(
                "after rows and uploads were added, changed and deleted, ./stack restore gives back every row and every upload of the set and no other;"
                        + " API tokens work, the services are healthy, a restore point was made");

        addAgent(stack, "Later than the set");
        stack.query("DELETE FROM agents WHERE name LIKE '%№ 7'");
        stack.query("UPDATE agents SET name = 'changed' WHERE name LIKE '%№ 8'");
        StrapiAdmin.signIn(stack).upload("later.txt", PICTURE).orThrow();
        stack.exec(Service.STRAPI, "bash", "-c", "rm /opt/app/public/uploads/words*").orThrow();
        int sets = BackupSet.of(stack).size();
        CommandResult restore = stack.stack("restore", set.name(), "--yes");
        Content after = Content.of(stack);
        observeContent(evidence, restore, after);

        assertRestored(restore, after);
        assertThat(BackupSet.of(stack)).hasSize(sets + 1);
        CommandResult verifyNext = stack.stack("verify", BackupSet.make(stack).name());
        assertThat(verifyNext.exitCode()).as("a set of restored data: " + verifyNext.lastLines(3)).isZero();
    }

    @Test
    @Order(7)
    @Promise(value = "BKP-2", part = "fresh stack, keys adopted")
    @Promise("BKP-4")
    void aRestoreIntoAFreshStackGivesTheContentBack(Evidence evidence) throws IOException {
        evidence.expected(
                "into a stack with keys, passwords and ports of its own: refused with 12 and the remedy; with --adopt-keys every row and upload is there, the"
                        + " set's data keys stand in .env and work, and the host's own passwords stay");

        ComposeStack fresh = stacks.create();
        fresh.start();
        Files.copy(keyFile(stack), keyFile(fresh), StandardCopyOption.REPLACE_EXISTING);
        copy(set.folder(), BackupSet.folderOf(fresh).resolve(set.name()));
        String password = fresh.env().require("POSTGRES_PASSWORD");
        CommandResult refused = fresh.stack("restore", set.name(), "--yes");
        CommandResult restore = fresh.stack("restore", set.name(), "--adopt-keys", "--yes");
        Content after = Content.of(fresh);
        evidence.observed("without the option: exit code %d".formatted(refused.exitCode()));
        observeContent(evidence, restore, after);

        assertThat(refused.exitCode()).isEqualTo(12);
        assertThat(refused.err()).contains("--adopt-keys");
        assertRestored(restore, after);
        assertThat(DATA_KEYS).allSatisfy(name -> assertThat(fresh.env().require(name)).as(name).isEqualTo(stack.env().require(name)));
        assertThat(fresh.env().require("POSTGRES_PASSWORD")).isEqualTo(password);
        assertThat(Http.get(fresh.frontDoor() + "/api/agents").orThrow().json().at("/meta/total").asInt()).isGreaterThanOrEqualTo(20);
        StrapiAdmin.signIn(fresh, stack.env());
    }

    @Test
    @Order(8)
    @Promise(value = "BKP-8", part = "what is dropped, and what never")
    void pruningDropsWhatThePlanSaysAndNothingElse(Evidence evidence) throws IOException {
        evidence.expected(
                "of three sets of one day in 2020 the newest stays, and the verified one, whatever its day; a folder that is no set, a set of another key and"
                        + " one without a manifest stay; --dry-run drops nothing; while the newest backup failed nothing is dropped");

        Path folder = BackupSet.folderOf(stack);
        for (String name : List.of("20200301T010000Z", "20200301T020000Z", "20200301T030000Z", "20200302T010000Z", "20200303T010000Z")) {
            copy(set.folder(), folder.resolve(name));
            String key = name.equals("20200302T010000Z") ? "00".repeat(32) : backupKey();
            new BackupSet(folder.resolve(name)).rewriteManifest(key, body -> body.replace("\"set\": \"" + set.name(), "\"set\": \""
                    + name));
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

    private void observeContent(Evidence evidence, CommandResult restore, Content after) {
        evidence.observed("exit code %d; rows lost %s, rows too many %s; uploads %s".formatted(restore.exitCode(), content
                .rowsMissingIn(after), after.rowsMissingIn(content), after.uploads().equals(content.uploads())
                        ? "the same"
                        : after
                                .uploads()));
        restore.out()
                .lines()
                .filter(line -> line.contains("after they were stopped"))
                .findFirst()
                .map(line -> line.replaceAll(".*healthy, ([0-9.]+) s.*", "$1"))
                .ifPresent(seconds -> evidence.figure("downtime", Double.valueOf(seconds), "s"));
        evidence.figure("restore, in all", restore.took().toMillis() / 1000.0, "s");
    }

    private void assertRestored(CommandResult restore, Content after) {
        assertThat(restore.exitCode()).as(restore.lastLines(8)).isZero();
        assertThat(content.rowsMissingIn(after)).as("rows lost").isEmpty();
        assertThat(after.rowsMissingIn(content)).as("rows too many").isEmpty();
        assertThat(after.uploads()).isEqualTo(content.uploads());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        String owner = Files.getOwner(from).getName();
        try (Stream<Path> files = Files.walk(to)) {
            for (Path file : files.toList()) {
                Files.setOwner(file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.data.Amount;
import org.claudeagentui.acceptance.data.BulkData;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Keys;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One stack with data of every type, a set of it, and what a restore makes of that, here and elsewhere. How much data: the system property
 * {@code acceptance.bulk}, in MiB of rows and again of uploads.
 */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupRoundTripIT {
    private static final byte[] WORDS = "« a file with words » ".repeat(40_000).getBytes(StandardCharsets.UTF_8);
    private static final long MIB = 1 << 20;
    private static final long BULK = Long.getLong("acceptance.bulk", 4) * MIB;
    private static final int SHOWN = 5;
    private static final List<String> DATA_KEYS = List.of("STRAPI_APP_KEYS", "STRAPI_API_TOKEN_SALT", "STRAPI_ADMIN_JWT_SECRET",
            "STRAPI_TRANSFER_TOKEN_SALT", "STRAPI_JWT_SECRET", "STRAPI_API_TOKEN");

    private final Stacks stacks;
    private final ComposeStack stack;
    private Amount amount;
    private Content content;
    private BackupSet set;

    BackupRoundTripIT(Stacks stacks) {
        this.stacks = stacks;
        this.stack = stacks.create();
    }

    @BeforeAll
    void bootWithData() {
        stack.start();
        StrapiAdmin admin = StrapiAdmin.signIn(stack);
        admin.upload("words.txt", WORDS).orThrow();
        admin.upload("small.txt", new byte[]{65}).orThrow();
        admin.uploadPicture("picture.png", Drawing.png(1200, 900)).orThrow();
        BulkData bulk = new BulkData(stack);
        amount = bulk.addRows(BULK).and(bulk.addUploads(BULK));
        content = Content.of(stack);
        set = BackupSet.make(stack);
    }

    @Test
    @Promise(value = "BKP-2", part = "same stack")
    void aRestoreIntoTheSameStackGivesTheContentBack(Evidence evidence) {
        evidence.expected(
                "after rows and uploads were added, changed and deleted, ./stack restore gives back every row and every upload of the set and no other;"
                        + " API tokens work, the services are healthy, a restore point was made");

        Http.postJson(stack.frontDoor() + "/api/agents",
                "{\"name\":\"Later than the set\",\"systemPrompt\":\"Be gone afterwards.\",\"model\":\"sonnet\"}").orThrow();
        stack.query("DELETE FROM agents WHERE name LIKE '%№ 7'");
        stack.query("UPDATE agents SET name = 'changed' WHERE name LIKE '%№ 8'");
        StrapiAdmin.signIn(stack).upload("later.txt", WORDS).orThrow();
        stack.exec(Service.STRAPI, "bash", "-c", "rm /opt/app/public/uploads/words*").orThrow();
        int sets = BackupSet.of(stack).size();
        CommandResult restore = stack.stack("restore", set.name(), "--yes");
        Content after = Content.of(stack);
        observeContent(evidence, content, restore, after);

        assertRestored(content, restore, after);
        assertThat(BackupSet.of(stack)).hasSize(sets + 1);
        CommandResult verifyNext = stack.stack("verify", BackupSet.make(stack).name());
        assertThat(verifyNext.exitCode()).as("a set of restored data: " + verifyNext.lastLines(3)).isZero();
    }

    @Test
    @Promise(value = "BKP-2", part = "fresh stack, keys adopted")
    @Promise("BKP-4")
    void aRestoreIntoAFreshStackGivesTheContentBack(Evidence evidence) throws IOException {
        evidence.expected(
                "a set whose secrets are encrypted for BACKUP_RECIPIENT, into a stack with keys, passwords and ports of its own: refused with 12 and the remedy, and"
                        + " again without the identity; with --adopt-keys and --identity every row and upload is there, the set's data keys stand in .env and"
                        + " work, and the host's own passwords stay; the set shows no secret");

        AgeKey age = AgeKey.make(stack);
        stack.set("BACKUP_RECIPIENT", age.recipient());
        Content expected = Content.of(stack);
        BackupSet encrypted = BackupSet.make(stack);
        stack.set("BACKUP_RECIPIENT", "");
        ComposeStack fresh = stacks.create();
        fresh.start();
        Files.copy(BackupSet.keyFile(stack), BackupSet.keyFile(fresh), StandardCopyOption.REPLACE_EXISTING);
        encrypted.copyTo(BackupSet.folderOf(fresh).resolve(encrypted.name()));
        String password = fresh.env().require("POSTGRES_PASSWORD");
        CommandResult refused = fresh.stack("restore", encrypted.name(), "--yes");
        CommandResult closed = fresh.stack("restore", encrypted.name(), "--adopt-keys", "--yes");
        CommandResult restore = fresh.stack("restore", encrypted.name(), "--adopt-keys", "--identity", age.identity().toString(), "--yes");
        Content after = Content.of(fresh);
        evidence.observed("without the option: exit code %d; without the identity: %d".formatted(refused.exitCode(), closed.exitCode()));
        observeContent(evidence, expected, restore, after);

        assertThat(refused.exitCode()).isEqualTo(12);
        assertThat(refused.err()).contains("--adopt-keys");
        assertThat(closed.exitCode()).isEqualTo(12);
        assertThat(closed.err()).contains("--identity");
        assertThat(encrypted.folder().resolve("env")).doesNotExist();
        assertThat(encrypted.filesThatHold(stack.env().require("STRAPI_JWT_SECRET"))).isEmpty();
        assertThat(set.filesThatHold(stack.env().require("STRAPI_JWT_SECRET"))).containsExactly("env");
        assertRestored(expected, restore, after);
        assertThat(DATA_KEYS).allSatisfy(name -> assertThat(fresh.env().require(name)).as(name).isEqualTo(stack.env().require(name)));
        assertThat(fresh.env().require("POSTGRES_PASSWORD")).isEqualTo(password);
        Keys.use(fresh, stack.env());
        assertThat(Http.get(fresh.frontDoor() + "/api/agents").orThrow().json().at("/meta/total").asInt()).isGreaterThanOrEqualTo(20);
        StrapiAdmin.signIn(fresh, stack.env());
    }

    private void observeContent(Evidence evidence, Content expected, CommandResult restore, Content after) {
        List<String> lost = expected.rowsMissingIn(after);
        List<String> tooMany = after.rowsMissingIn(expected);
        evidence.observed("exit code %d; %s; %,d rows of %d tables, %,d bytes as text: %d lost %s, %d too many %s; %d uploads, %s"
                .formatted(
                        restore.exitCode(), amount.describe(), expected.rowCount(), expected.rows().size(), expected.rowBytes(), lost
                                .size(),
                        some(
                                lost), tooMany.size(), some(tooMany), after.uploads().size(), after.uploads().equals(expected.uploads())
                                        ? "the same"
                                        : "not the same"));
        evidence.figure("rows", expected.rowBytes() / (double) MIB, "MiB").figure("uploads", amount.fileBytes() / (double) MIB, "MiB");
        restore.out()
                .lines()
                .filter(line -> line.contains("after they were stopped"))
                .findFirst()
                .map(line -> line.replaceAll(".*healthy, ([0-9.]+) s.*", "$1"))
                .ifPresent(seconds -> evidence.figure("downtime", Double.valueOf(seconds), "s"));
        evidence.figure("restore, in all", restore.took().toMillis() / 1000.0, "s");
    }

    private static List<String> some(List<String> rows) {
        return rows.subList(0, Math.min(rows.size(), SHOWN));
    }

    private void assertRestored(Content expected, CommandResult restore, Content after) {
        assertThat(expected.rowBytes()).as("data worth the name").isGreaterThanOrEqualTo(BULK);
        assertThat(amount.fileBytes()).as("data worth the name").isGreaterThanOrEqualTo(BULK);
        assertThat(restore.exitCode()).as(restore.lastLines(8)).isZero();
        assertThat(expected.rowsMissingIn(after)).as("rows lost").isEmpty();
        assertThat(after.rowsMissingIn(expected)).as("rows too many").isEmpty();
        assertThat(after.uploads()).isEqualTo(expected.uploads());
    }
}

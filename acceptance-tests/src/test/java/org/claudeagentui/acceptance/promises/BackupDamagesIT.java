package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.Breaks;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** A set that is not as it was made, and what a restore says to it. */
@AcceptanceTest
class BackupDamagesIT {
    private static final int DAMAGES_IN_A_PLAIN_RUN = 6;

    @Test
    @Breaks
    @Promise("BKP-4")
    void aDamagedOrForeignSetIsRefusedBeforeAnythingIsTouched(ComposeStack stack, Evidence evidence) throws IOException {
        evidence.expected(
                "each damaged copy of the set is refused with exit code 13 (12 where only the key is another's, 20 where the server is older), naming"
                        + " what is wrong; rows, uploads and containers stay as they are");

        StrapiAdmin.signIn(stack).upload("words.txt", "words ".repeat(1000).getBytes(StandardCharsets.UTF_8)).orThrow();
        BackupSet other = BackupSet.make(stack);
        BackupSet set = BackupSet.make(stack);
        Map<String, Damage> damages = damages(stack, other);
        Content before = Content.of(stack);
        int events = stack.events().all().size();
        List<List<String>> rows = new ArrayList<>();
        BackupSet kept = set.copyTo(stack.directory().resolve("kept-set"));
        Sample<String> sample = Sample.of(List.copyOf(damages.keySet()), DAMAGES_IN_A_PLAIN_RUN);
        for (String name : sample.chosen()) {
            Damage damage = Objects.requireNonNull(damages.get(name));
            damage.edit().apply(set.folder());
            CommandResult restore = stack.stack("restore", set.name(), "--yes");
            damage.undo().apply(set.folder());
            rows.add(List.of(name, damage.exitCode() + ", " + damage.says(), restore.exitCode() + ", "
                    + (restore.err().contains(damage.says()) ? damage.says() : restore.lastLines(3))));
            set.remove();
            kept.copyTo(set.folder());
        }
        kept.remove();
        List<String> lost = before.rowsMissingIn(Content.of(stack));
        List<String> touched = stack.events().touchedAfter(events);
        evidence.table("Damages", List.of("damage", "expected", "observed"), rows);
        evidence.observed("%s; rows lost: %s; containers touched: %s".formatted(sample.describe(), lost, touched));

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

    private static Map<String, Damage> damages(ComposeStack stack, BackupSet other) throws IOException {
        String key = BackupSet.key(stack);
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
            new BackupSet(copy).remove();
            other.copyTo(copy);
        }));
        damages.put("made by a newer server", new Damage(20, "newer than the one here", copy -> new BackupSet(copy).rewriteManifest(
                key,
                body -> body.replaceFirst("\"serverNumber\": \\d+", "\"serverNumber\": 990001"))));
        damages.put("rows unlike its manifest", new Damage(13, "its tables are not those of its manifest", copy -> new BackupSet(copy)
                .rewriteManifest(key, body -> body.replaceFirst("(\"public.agents\", \"rows\": )\\d+", "$199"))));
        damages.put("of a later format", new Damage(13, "its format is 2", copy -> new BackupSet(copy).rewriteManifest(key,
                body -> body.replaceFirst("\"format\": 1", "\"format\": 2"))));
        damages.put("signed with another key", new Damage(12, "signed with another backup key", copy -> exchangeKey(stack,
                "0123456789abcdef".repeat(4)), copy -> exchangeKey(stack, key)));
        return damages;
    }

    private static void exchangeKey(ComposeStack stack, String key) throws IOException {
        Files.writeString(BackupSet.keyFile(stack), key + "\n");
    }

    private static void flipABit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}

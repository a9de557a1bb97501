package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A backup set on disk, read by nothing of the program that made it.
 *
 * @param folder where it lies
 */
public record BackupSet(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern MADE = Pattern.compile("(?m)^Made the set (\\d{8}T\\d{6}Z) ");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final String NAME = "\\d{8}T\\d{6}Z";

    /** Where the sets of a stack lie. */
    public static Path folderOf(ComposeStack stack) {
        return Path.of(stack.env().require("DATA_ROOT")).resolve("database/backups");
    }

    /** The sets that are there, the oldest first. */
    public static List<BackupSet> of(ComposeStack stack) {
        try (Stream<Path> entries = Files.list(folderOf(stack))) {
            return entries.filter(entry -> entry.getFileName().toString().matches(NAME) && Files.isDirectory(entry))
                    .sorted()
                    .map(BackupSet::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The backup sets cannot be listed", e);
        }
    }

    /** Makes one, and gives it. */
    public static BackupSet make(ComposeStack stack) {
        CommandResult backup = stack.stack("backup").orThrow();
        Matcher made = MADE.matcher(backup.out());
        if (!made.find()) {
            throw new IllegalStateException("./stack backup names no set: " + backup.lastLines(5));
        }
        return new BackupSet(folderOf(stack).resolve(made.group(1)));
    }

    /** Where a stack's key of the backups lies. */
    public static Path keyFile(ComposeStack stack) {
        return Path.of(stack.env().require("DATA_ROOT")).resolve(".stack/backup.key");
    }

    /** The key that a stack signs its sets with. */
    public static String key(ComposeStack stack) {
        try {
            return Files.readString(keyFile(stack)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The key of the backups cannot be read", e);
        }
    }

    /** Copies it, as its owner's, to a folder that is not there yet. */
    public BackupSet copyTo(Path target) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Path copy = target.resolve(folder.relativize(file).toString());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                Files.setOwner(copy, Files.getOwner(folder));
            }
            return new BackupSet(target);
        } catch (IOException e) {
            throw new UncheckedIOException("The set " + name() + " cannot be copied", e);
        }
    }

    /** Removes it. */
    public void remove() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The set " + name() + " cannot be removed", e);
        }
    }

    /** Its name, which is its folder's. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** When its making began. */
    Instant time() {
        return timeOf(name());
    }

    /** When the making of a set of that name began. */
    static Instant timeOf(String name) {
        return LocalDateTime.parse(name, TIME).toInstant(ZoneOffset.UTC);
    }

    Path manifestFile() {
        return folder.resolve("manifest.json");
    }

    JsonNode manifest() {
        return read(manifestFile());
    }

    /** What the last verification said; nothing where there was none. */
    Optional<JsonNode> verification() {
        return Optional.of(folder.resolveSibling(name() + ".verified")).filter(Files::exists).map(BackupSet::read);
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Each file's SHA-256 by its path, the manifest left out. */
    Map<String, String> sums() {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> sums = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = folder.relativize(file).toString();
                if (!path.equals("manifest.json")) {
                    sums.put(path, sha256(Files.readAllBytes(file)));
                }
            }
            return sums;
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + name() + " cannot be read", e);
        }
    }

    /** The paths of the files that hold a text as it is. */
    List<String> filesThatHold(String text) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, text))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + name() + " cannot be read", e);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Changes the manifest and signs it anew, as only who has the key can. */
    public void rewriteManifest(String key, UnaryOperator<String> change) {
        Path file = manifestFile();
        try {
            String text = Files.readString(file);
            String body = change.apply(text.substring(0, text.indexOf("\"digest\": ")));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), "HmacSHA256"));
            String digest = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
            Files.writeString(file, body + "\"digest\": \"" + digest + "\"\n}\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The manifest of " + name() + " cannot be changed", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    /** The SHA-256 of some bytes, in hexadecimal digits. */
    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

package org.claudeagentui.acceptance.data;

import org.claudeagentui.acceptance.stack.ComposeStack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Uploads that lie beside a stack until they are moved into its volume: most of them noise, as pictures are, some of them text. */
final class UploadFolder implements AutoCloseable {
    private static final double SMALLEST = 4_000;
    private static final double LARGEST = 1_000_000;
    private static final int TEXT_EVERY = 10;

    private final ComposeStack stack;
    private final Path folder;
    private final Random random;
    private long files;
    private long bytes;

    private UploadFolder(ComposeStack stack, Path folder, Random random) {
        this.stack = stack;
        this.folder = folder;
        this.random = random;
    }

    static UploadFolder of(ComposeStack stack, Random random) throws IOException {
        return new UploadFolder(stack, Files.createDirectories(stack.directory().resolve("bulk")), random);
    }

    /** Writes so many bytes or some more, and gives a line a file: number, name, extension, type, size and SHA-256. */
    String fill(long enough) throws IOException {
        Prose prose = new Prose(random);
        StringBuilder list = new StringBuilder();
        while (bytes < enough) {
            files++;
            boolean text = files % TEXT_EVERY == 0;
            // As many between 10 and 20 kB as between 100 and 200.
            int size = (int) (SMALLEST * Math.pow(LARGEST / SMALLEST, random.nextDouble()));
            byte[] content = new byte[size];
            if (text) {
                content = prose.text(size).getBytes(StandardCharsets.UTF_8);
            } else {
                random.nextBytes(content);
            }
            String name = "bulk_%d_%08x".formatted(files, random.nextInt());
            String extension = text ? ".txt" : ".jpg";
            Files.write(folder.resolve(name + extension), content);
            bytes += content.length;
            list.append(String.join("\t", String.valueOf(files), name, extension, text ? "text/plain" : "image/jpeg", String.valueOf(
                    content.length), sha256(content))).append('\n');
        }
        return list.toString();
    }

    /** Copies all of them into the stack's volume, as Strapi's own. */
    void moveIn() {
        stack.engine()
                .helpers()
                .runBeside(List.of(folder + ":/bulk:ro", stack.name() + "-strapi-uploads:/uploads"), List.of("bash", "-c",
                        "cp -R /bulk/. /uploads/ && chown -R 10001:10001 /uploads"))
                .orThrow();
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}

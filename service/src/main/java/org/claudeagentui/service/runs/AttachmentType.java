package org.claudeagentui.service.runs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may be attached to a run. The Messages API has a bound for an image that holds for it in Base64. */
public enum AttachmentType {
    /** An image. */
    PNG("image/png", ".png", Shape.IMAGE),
    /** An image. */
    JPEG("image/jpeg", ".jpg", Shape.IMAGE),
    /** An image. */
    GIF("image/gif", ".gif", Shape.IMAGE),
    /** An image. */
    WEBP("image/webp", ".webp", Shape.IMAGE),
    /** A document of pages. */
    PDF("application/pdf", ".pdf", Shape.PDF),
    /** Plain text. */
    TEXT("text/plain", ".txt", Shape.TEXT),
    /** Plain text. */
    MARKDOWN("text/markdown", ".md", Shape.TEXT),
    /** Plain text. */
    CSV("text/csv", ".csv", Shape.TEXT);

    /** How many bytes of a file tell whether it is an image or a PDF. */
    static final int HEAD = 12;

    /** How a model sees it. */
    enum Shape {
        IMAGE(3_932_160), PDF(21_000_000), TEXT(4_000_000);

        private final int mostBytes;

        Shape(int mostBytes) {
            this.mostBytes = mostBytes;
        }
    }

    private final String mediaType;
    private final String extension;
    private final Shape shape;

    AttachmentType(String mediaType, String extension, Shape shape) {
        this.mediaType = mediaType;
        this.extension = extension;
        this.shape = shape;
    }

    /** The type with that name; nothing when it can't be attached. Parameters such as a charset don't count. */
    public static Optional<AttachmentType> of(String mediaType) {
        String name = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(type -> type.mediaType.equals(name)).findFirst();
    }

    /** The names of all, for people. */
    static String names() {
        return Arrays.stream(values()).map(AttachmentType::mediaType).collect(Collectors.joining(", "));
    }

    /** Its name. */
    public String mediaType() {
        return mediaType;
    }

    /** How names of such files end. */
    public String extension() {
        return extension;
    }

    Shape shape() {
        return shape;
    }

    int mostBytes() {
        return shape.mostBytes;
    }

    /** How many bytes of a request to the model a file of that size may take. */
    long weight(long size) {
        return shape == Shape.TEXT ? 2 * size : 4 * ((size + 2) / 3);
    }

    /** Whether a file's bytes, all of them, are what the type says. */
    boolean matches(byte[] content) {
        return shape == Shape.TEXT ? text(content).isPresent() : beginsRight(content);
    }

    /** Whether a file that begins so is an image or a PDF of this type. */
    boolean beginsRight(byte[] head) {
        String first = new String(head, 0, Math.min(HEAD, head.length), StandardCharsets.ISO_8859_1);
        return switch (this) {
            case PNG -> first.startsWith("\u0089PNG\r\n\u001a\n");
            case JPEG -> first.startsWith("\u00ff\u00d8\u00ff");
            case GIF -> first.startsWith("GIF87a") || first.startsWith("GIF89a");
            case WEBP -> first.startsWith("RIFF") && first.startsWith("WEBP", 8);
            case PDF -> first.startsWith("%PDF-");
            case TEXT, MARKDOWN, CSV -> true;
        };
    }

    /** The text of a file; nothing when it is not UTF-8, or has control characters that no text has. */
    static Optional<String> text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.chars().anyMatch(each -> each < ' ' && "\t\n\r\f".indexOf(each) < 0) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Base64;
import java.util.Map;
import java.util.Set;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Refuses images and documents as the Messages API does. Its bound for an image holds for the image in Base64. */
final class FileBlocks {
    private static final int MOST_IMAGE_BYTES = 5 * 1024 * 1024;
    private static final int LONGEST_TITLE = 500;
    private static final int HEAD = 16;
    private static final Map<String, String> BEGINNINGS = Map.of("image/png", "\u0089PNG\r\n\u001a\n", "image/jpeg", "\u00ff\u00d8\u00ff",
            "image/gif", "GIF8", "image/webp", "RIFF", "application/pdf", "%PDF-");

    private FileBlocks() {
    }

    static void check(JsonNode block, String at) throws ApiException {
        switch (block.path("type").asText()) {
            case "image" -> image(block, at + ".image");
            case "document" -> document(block, at + ".document");
            default -> {
                // Not a file.
            }
        }
    }

    private static void image(JsonNode block, String at) throws ApiException {
        only(block, at, Set.of("type", "source", "cache_control"));
        JsonNode source = block.path("source");
        if (!source.path("type").asText().equals("base64")) {
            require(Set.of("url", "file").contains(source.path("type").asText()), at + ".source: Input tag does not match 'base64', 'url'");
            return;
        }
        String mediaType = source.path("media_type").asText();
        require(mediaType.startsWith("image/") && BEGINNINGS.containsKey(mediaType), at
                + ".source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'");
        String data = source.path("data").asText();
        require(data.length() <= MOST_IMAGE_BYTES, at + ".source.base64: image exceeds 5 MB maximum: " + data.length() + " bytes > "
                + MOST_IMAGE_BYTES + " bytes");
        base64(source, at);
    }

    private static void document(JsonNode block, String at) throws ApiException {
        only(block, at, Set.of("type", "source", "title", "context", "citations", "cache_control"));
        require(!block.hasNonNull("title") || (block.path("title").isTextual() && !block.path("title").asText().isEmpty()
                && block.path("title").asText().length() <= LONGEST_TITLE), at + ".title: String should have 1 to 500 characters");
        JsonNode source = block.path("source");
        switch (source.path("type").asText()) {
            case "base64" -> {
                require(source.path("media_type").asText().equals("application/pdf"), at
                        + ".source.base64.media_type: Input should be 'application/pdf'");
                base64(source, at);
            }
            case "text" -> {
                require(source.path("media_type").asText().equals("text/plain"), at
                        + ".source.text.media_type: Input should be 'text/plain'");
                require(source.path("data").isTextual() && !source.path("data").asText().isEmpty(), at
                        + ".source.text.data: Field required");
            }
            case "url", "file", "content" -> {
                // What is behind those is not looked at.
            }
            default -> throw invalid(at + ".source: Input tag does not match 'base64', 'content', 'text', 'url'");
        }
    }

    private static void base64(JsonNode source, String at) throws ApiException {
        only(source, at + ".source.base64", Set.of("type", "media_type", "data"));
        String data = source.path("data").asText();
        boolean wellFormed = !data.isEmpty() && data.length() % 4 == 0 && data.matches("[A-Za-z0-9+/]*={0,2}");
        require(wellFormed, at + ".source.base64.data: Invalid base64 data");
        String head = new String(Base64.getDecoder().decode(data.substring(0, Math.min(HEAD, data.length()))), ISO_8859_1);
        String mediaType = source.path("media_type").asText();
        require(head.startsWith(BEGINNINGS.getOrDefault(mediaType, "")), at + ".source.base64.data: The file was specified using the "
                + mediaType + " media type, but appears to be another");
    }

    private static void only(JsonNode object, String at, Set<String> known) throws ApiException {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            require(known.contains(field.getKey()), at + "." + field.getKey() + ": Extra inputs are not permitted");
        }
    }

    private static void require(boolean holds, String problem) throws ApiException {
        if (!holds) {
            throw invalid(problem);
        }
    }

    private static ApiException invalid(String message) {
        return new ApiException(ApiError.invalidRequest(message));
    }
}

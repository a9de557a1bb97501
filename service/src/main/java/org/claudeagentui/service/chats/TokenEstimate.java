package org.claudeagentui.service.chats;

import org.claudeagentui.service.runs.Attachment;
import org.claudeagentui.service.runs.SpokenMessage;

import java.nio.charset.StandardCharsets;

/** How many tokens a message takes, rather too many than too few: only the model's maker can count them. */
final class TokenEstimate {
    /** English has about four letters a token; other scripts have more bytes a letter, and more tokens. */
    private static final long BYTES_A_TOKEN = 3;
    private static final long OF_A_MESSAGE = 10;
    /** The API makes larger images smaller, to about this. */
    private static final long OF_AN_IMAGE = 1_600;
    /** A page is read as text and seen as an image. */
    private static final long OF_A_PAGE = 3_000;
    private static final long BYTES_A_PAGE = 30_000;

    private TokenEstimate() {
    }

    static long of(SpokenMessage message) {
        return OF_A_MESSAGE + bytes(message.text().getBytes(StandardCharsets.UTF_8).length)
                + message.attachments().stream().mapToLong(TokenEstimate::of).sum();
    }

    private static long of(Attachment attachment) {
        return switch (attachment.type()) {
            case PNG, JPEG, GIF, WEBP -> OF_AN_IMAGE;
            case PDF -> OF_A_PAGE * (1 + attachment.size() / BYTES_A_PAGE);
            case TEXT, MARKDOWN, CSV -> bytes(attachment.size());
        };
    }

    private static long bytes(long number) {
        return (number + BYTES_A_TOKEN - 1) / BYTES_A_TOKEN;
    }
}

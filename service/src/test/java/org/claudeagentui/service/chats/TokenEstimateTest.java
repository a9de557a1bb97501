package org.claudeagentui.service.chats;

import org.claudeagentui.service.claude.Message;
import org.claudeagentui.service.runs.Attachment;
import org.claudeagentui.service.runs.AttachmentType;
import org.claudeagentui.service.runs.SpokenMessage;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TokenEstimateTest {

    @Test
    void countsRatherTooManyThanTooFew() {
        // The model's maker counts 4 letters of English a token, and about one of a Chinese sign.
        assertThat(of("a".repeat(400))).isBetween(100L, 200L);
        assertThat(of("字".repeat(100))).isBetween(100L, 200L);
    }

    @Test
    void countsFilesToo() {
        assertThat(of("a", file(AttachmentType.PNG, 3_000_000))).isBetween(1_500L, 2_000L);
        assertThat(of("a", file(AttachmentType.PDF, 300_000))).isGreaterThan(30_000);
        assertThat(of("a", file(AttachmentType.CSV, 3_000))).isBetween(1_000L, 1_100L);
    }

    private static long of(String text, Attachment... files) {
        return TokenEstimate.of(new SpokenMessage(Message.Role.USER, text, List.of(files)));
    }

    private static Attachment file(AttachmentType type, long size) {
        return new Attachment("1", "file", type, size, Optional.empty());
    }
}

package org.claudeagentui.service.tools;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RedactionTest {
    private final Redaction redaction = new Redaction(List.of("Bearer hush-hush-hush", "user=ada;password=lovelace-1815", "pin1"));

    @Test
    void takesSecretsOutWholeAndInParts() {
        assertThat(redaction.of("sent Bearer hush-hush-hush\nand pin1")).isEqualTo("sent (secret) and (secret)");
        assertThat(redaction.of("no token hush-hush-hush here")).isEqualTo("no token (secret) here");
        assertThat(redaction.of("wrong: lovelace-1815")).isEqualTo("wrong: (secret)");
    }

    @Test
    void leavesWordsThatAreNoSecretByThemselves() {
        assertThat(redaction.of("a Bearer of the user ada")).isEqualTo("a Bearer of the user ada");
    }

    @Test
    void takesOutWhatTheCutWouldHalve() {
        assertThat(redaction.of("x".repeat(295) + " hush-hush-hush" + "y".repeat(100))).doesNotContain("hush");
    }
}

package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {
    @Test
    void hidesWhatWasRegisteredTheLongestFirst() {
        Secrets.register("zq81-inner");
        Secrets.register("zq81-inner-and-outer");

        assertThat(Secrets.redact("it was zq81-inner-and-outer, then zq81-inner")).isEqualTo("it was [secret], then [secret]");
    }

    @Test
    void hidesWhatIsAssignedToASecretsName() {
        assertThat(Secrets.redact("POSTGRES_PASSWORD=hunter22 \"STRAPI_JWT_SECRET\": \"abcdefgh\"")).doesNotContain("hunter22", "abcdefgh");
    }

    @Test
    void hidesWhatLooksLikeAnApiKey() {
        assertThat(Secrets.redact("got demo-NBrcg96aVIQ1K4LDN2KyJkksJ0eq1 and sk-ant-api03-abcdefghijklmnop")).isEqualTo(
                "got [secret] and [secret]");
    }

    @Test
    void leavesOrdinaryTextAlone() {
        Secrets.register("short");
        String text = "required variable POSTGRES_PASSWORD is missing a value: set POSTGRES_PASSWORD in .env, for short";

        assertThat(Secrets.redact(text)).isEqualTo(text);
    }
}

package org.claudeagentui.acceptance.stack;

import org.claudeagentui.acceptance.report.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class EnvFileTest {
    @Test
    void readsValuesQuotedOrNotAndSkipsTheRest() {
        EnvFile file = EnvFile.parse("# comment\n\nA=1\nB='two words'\nC=\nD=x=y\nnot a line\n");

        assertThat(file.get("A")).contains("1");
        assertThat(file.get("B")).contains("two words");
        assertThat(file.get("C")).isEmpty();
        assertThat(file.get("D")).contains("x=y");
    }

    @Test
    void isWrittenForItsOwnerAloneAndReadBackTheSame(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("deep/env");
        EnvFile.of(Map.of("A", "1 and $2")).with("B", "b").with("C", "c").without("C").write(path);

        assertThat(Files.getPosixFilePermissions(path)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE);
        assertThat(EnvFile.read(path).get("A")).contains("1 and $2");
        assertThat(EnvFile.read(path).get("B")).contains("b");
        assertThat(EnvFile.read(path).get("C")).isEmpty();
    }

    @Test
    void itsSecretsAreHiddenPartByPart() {
        EnvFile file = EnvFile.parse("STRAPI_APP_KEYS=firstkeykey,secondkeykey\nSTACK_NAME=claude\nANTHROPIC_API_KEY=sk-ant-1234567\n");
        file.hideSecrets();

        assertThat(file.secretNames()).containsExactlyInAnyOrder("STRAPI_APP_KEYS", "ANTHROPIC_API_KEY");
        assertThat(Secrets.redact("claude said secondkeykey and sk-ant-1234567")).isEqualTo("claude said [secret] and [secret]");
    }
}

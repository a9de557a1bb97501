package org.claudeagentui.acceptance.stack;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class StackFoldersTest {
    private static final String STACK = "claude-at-0a1b2c";

    @TempDir
    private Path work;
    private StackFolders folders;

    @BeforeEach
    void look() {
        folders = new StackFolders(work);
    }

    @Test
    void whatBelongsToALivingRunIsNotAbandonedHoweverLittleTheEngineKnowsOfIt() throws IOException {
        folders.claim(STACK, new TestSession());
        Files.createDirectory(work.resolve(STACK));

        assertThat(folders.abandoned()).isEmpty();
    }

    @Test
    void whatBelongsToNobodyIsAbandoned() throws IOException {
        Files.createDirectory(work.resolve(STACK));

        assertThat(folders.abandoned()).containsExactly(STACK);
    }

    @Test
    void whatBelongedToARunThatIsGoneIsAbandoned() throws IOException {
        folders.claim(STACK, new TestSession());
        Files.writeString(work.resolve("owners").resolve(STACK), "999999999@1");
        Files.createDirectory(work.resolve(STACK));

        assertThat(folders.abandoned()).containsExactly(STACK);
    }

    @Test
    void whoseAFolderWasIsForgottenWithIt() throws IOException {
        folders.claim(STACK, new TestSession());
        folders.forget(STACK);

        assertThat(work.resolve("owners")).isEmptyDirectory();
    }

    @Test
    void foldersThatAreNoStacksAreNobodysBusiness() throws IOException {
        Files.createDirectory(work.resolve("images"));

        assertThat(folders.abandoned()).isEmpty();
    }
}

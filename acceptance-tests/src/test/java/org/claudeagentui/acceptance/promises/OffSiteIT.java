package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.BackupPrograms;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;

/** The programs of {@code docs/examples} as {@code BACKUP_HOOK}, with Debian's restic and rclone, on a folder and on storage that speaks S3. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OffSiteIT {
    private final ComposeStack stack;
    private final BackupPrograms programs;

    OffSiteIT(Stacks stacks) {
        stack = stacks.create();
        stack.start();
        programs = stacks.backupPrograms(stack);
    }

    @BeforeAll
    void storageTakesRequests() {
        programs.run("nobody", SecondPlace.Storage.START).orThrow();
    }

    @ParameterizedTest
    @EnumSource
    @Promise(value = "BKP-9", part = "a second place")
    void theExampleKeepsTheSet(SecondPlace place, Evidence evidence) throws IOException {
        evidence.expected(
                "docs/examples/%s as BACKUP_HOOK, %s: a set that is brought back from there has every file of the one that was made; with"
                        .formatted(place.example(), place.words())
                        + " wrong settings ./stack backup ends with 1, and says that the set itself is well");

        BackupSet set = made(place);
        CommandResult fetched = programs.run("root", "rm -rf /made/back; set -a; . /made/%s.env; %s && chmod -R a+rX /made/back".formatted(
                place
                        .example(),
                place.fetch()));
        settings(place, place.wrongSettings());
        CommandResult refused = stack.stack("backup");
        BackupSet back = new BackupSet(programs.folder().resolve("back").resolve(set.name()));
        evidence.observed("fetching ended with %d, %d files back; with wrong settings %d: %s".formatted(fetched.exitCode(), back.sums()
                .size(), refused
                        .exitCode(), refused.lastLines(3)));

        assertThat(back.sums()).isEqualTo(set.sums());
        assertThat(back.manifestFile()).hasSameBinaryContentAs(set.manifestFile());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("the set itself is well");
    }

    private BackupSet made(SecondPlace place) throws IOException {
        Files.copy(stack.root().resolve("docs/examples").resolve(place.example()), programs.folder().resolve(place.example()),
                StandardCopyOption.REPLACE_EXISTING);
        settings(place, place.settings());
        Path hook = stack.write("hook",
                "#!/bin/sh\nset -eu\ncp -R -- \"$1\" '%s/'\nexec docker exec '%s' /made/%s \"/made/${1##*/}\"\n".formatted(programs
                        .folder(),
                        programs.name(), place.example()));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        stack.set("BACKUP_HOOK", hook.toString());
        return BackupSet.make(stack);
    }

    private void settings(SecondPlace place, String settings) throws IOException {
        Files.writeString(programs.folder().resolve(place.example() + ".env"), settings);
    }
}

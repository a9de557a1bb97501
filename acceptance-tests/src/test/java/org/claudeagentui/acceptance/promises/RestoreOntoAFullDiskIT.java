package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.report.Sample;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.SmallDisk;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A stack whose database and uploads lie on a small disk, which is full from one phase of a restore on. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "only root can mount a small disk")
class RestoreOntoAFullDiskIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PHASES = List.of("restore-loading", "restore-loaded", "restore-swapping", "restore-stopped",
            "restore-uploads-swapped", "restore-databases-swapped", "restore-new", "restore-healthy", "restore-clearing");
    private static final int MEBIBYTES = 800;
    private static final int POSTGRES = 70;
    private static final int STRAPI = 10001;

    private final ComposeStack stack;
    private final SmallDisk disk;
    private BackupSet set;
    private Content ofTheSet;

    RestoreOntoAFullDiskIT(Stacks stacks) throws IOException {
        stack = stacks.create();
        disk = SmallDisk.over(Files.createDirectories(stack.directory().resolve("disk")), MEBIBYTES, 0);
        stack.overlay("small-disk", """
                volumes:
                  postgres_data:
                    driver_opts: {type: none, o: bind, device: %s}
                  strapi_uploads:
                    driver_opts: {type: none, o: bind, device: %s}
                """.formatted(folder("postgres", POSTGRES), folder("uploads", STRAPI)));
    }

    private Path folder(String name, int uid) throws IOException {
        Path folder = Files.createDirectory(disk.folder().resolve(name));
        Files.setAttribute(folder, "unix:uid", uid);
        Files.setAttribute(folder, "unix:gid", uid);
        Files.setPosixFilePermissions(disk.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    @BeforeAll
    void bootWithData() {
        stack.start();
        StrapiAdmin.signIn(stack).upload("words.txt", "words ".repeat(10_000).getBytes(StandardCharsets.UTF_8)).orThrow();
        ofTheSet = Content.of(stack);
        set = BackupSet.make(stack);
    }

    @AfterAll
    void unmount() {
        // The stack's folder can't be removed while the disk lies over a part of it, nor the disk while a container uses it.
        stack.down();
        disk.close();
    }

    @Test
    @Promise(value = "BKP-5", part = "full disk")
    void aRestoreOntoAFullDiskLeavesTheOldDataOrTheNew(Evidence evidence) throws IOException {
        evidence.expected(
                "with the volumes' disk full from the beginning of a phase on: with room again, ./stack up ends with 0 and the stack holds exactly the data of"
                        + " before or exactly the set's: the one that ./stack status names, or the set's where the restore ended with 0");

        Sample<String> sample = Sample.of(PHASES, 1);
        Path filler = disk.folder().resolve("filler");
        List<List<String>> rows = new ArrayList<>();
        for (String phase : sample.chosen()) {
            Http.postJson(stack.frontDoor() + "/api/agents",
                    "{\"name\":\"Not in the set, %s\",\"systemPrompt\":\"Be there or not.\",\"model\":\"sonnet\"}".formatted(phase))
                    .orThrow();
            Content before = Content.of(stack);
            Path hook = stack.write("full-" + phase, "#!/bin/bash\n[[ $1 != %s ]] || head -c 2G /dev/zero >%s 2>/dev/null || true\n"
                    .formatted(phase, filler));
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
            CommandResult restore = stack.stackWithHook("PHASE_HOOK", hook.toString(), "restore", set.name(), "--yes",
                    "--no-restore-point");
            JsonNode journal = JSON.readTree(stack.stack("status", "--json").out()).path("restore");
            boolean filled = Files.deleteIfExists(filler);
            CommandResult up = stack.stack("up");
            Content after = Content.of(stack);
            String named = named(restore, journal);
            String held = after.isSameAs(before) ? "old" : after.isSameAs(ofTheSet) ? "new" : "a mix";
            rows.add(List.of(phase, "filled, up 0, as named", "%s, up %d, %s".formatted(filled ? "filled" : "not filled", up.exitCode(),
                    held.matches(named) ? "as named" : held + " instead of " + named), "restore ended with %d, journal %s, holds %s"
                            .formatted(restore
                                    .exitCode(), journal.path("phase").asText("none"), held)));
        }
        evidence.table("Restores onto a full disk", List.of("phase", "expected", "observed", "course"), rows).observed(sample.describe());

        assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).as(row.toString()).isEqualTo(row.get(1)));
    }

    private static String named(CommandResult restore, JsonNode journal) {
        return switch (journal.path("phase").asText()) {
            case "loading", "undoing" -> "old";
            case "new", "clearing" -> "new";
            case "swapping" -> "old|new";
            default -> restore.succeeded() ? "new" : "old";
        };
    }
}

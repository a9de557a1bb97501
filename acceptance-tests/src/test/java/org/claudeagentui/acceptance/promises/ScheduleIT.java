package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A stack that makes its backups without a human: first by its service, then by the host's cron, of which the test plays the part. */
@AcceptanceTestBeside
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScheduleIT {
    /** What waits for minutes to pass and is, in a plain run, proven by another test of the same part. */
    private static final String FULL = "full";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration A_MINUTE_AND_A_RUN = Duration.ofMinutes(2);
    /** From the minute's beginning: the beat of a schedule that sleeps, and starting. */
    private static final Duration LATEST_BEGIN = Duration.ofSeconds(10);
    private static final int LOG_LINES = 1_000;
    private static final int LINES_OF_A_TRY = 20;
    private static final Pattern MAKING = Pattern.compile("Making the backup set (\\d{8}T\\d{6}Z)");
    private static final Pattern NEXT = Pattern.compile("The next backup is due at (\\S+)");

    private final ComposeStack stack;
    private final Path copies;

    ScheduleIT(Stacks stacks) throws IOException {
        stack = stacks.create();
        copies = Files.createDirectories(stack.directory().resolve("copies"));
        stack.with("BACKUP_SCHEDULER", "service").with("BACKUP_SCHEDULE", "* * * * *").with("BACKUP_COPY_TO", copies.toString());
    }

    @BeforeAll
    void boot() throws IOException {
        mayBeWrittenByTheWorker(true);
        stack.start();
    }

    private void mayBeWrittenByTheWorker(boolean may) throws IOException {
        Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString(may ? "rwxrwxrwx" : "r-xr-xr-x"));
    }

    @Test
    @Order(1)
    @Tag(FULL)
    @Promise(value = "BKP-9", part = "a failed run is visible")
    void aRunThatFailsIsSeen(Evidence evidence) throws IOException {
        evidence.expected("BACKUP_COPY_TO can't be written: ./stack status ends with 1 and names the step, and backup_failed is 1");

        mayBeWrittenByTheWorker(false);
        await().atMost(A_MINUTE_AND_A_RUN).until(() -> state("failed"));
        CommandResult failed = stack.stack("status");
        await().atMost(A_MINUTE_AND_A_RUN).until(() -> metric("backup_failed") == 1);
        mayBeWrittenByTheWorker(true);
        evidence.observed("exit code %d: %s".formatted(failed.exitCode(), failed.out()
                .lines()
                .filter(line -> line.contains("FAILED"))
                .toList()));

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("THE LAST BACKUP FAILED: its step copy ended with 1");
    }

    @Test
    @Order(2)
    @Promise(value = "BKP-9", part = "runs without a human")
    void theNextMinuteOfTheScheduleBringsASetThatIsVerifiedAndCopied(Evidence evidence) {
        evidence.expected(
                "within %d s after the minute that BACKUP_SCHEDULE names a set is begun, then verified and copied to BACKUP_COPY_TO; ./stack status ends with 0 and the metrics tell of the set and of no failure any more; the service has no way to the engine"
                        .formatted(LATEST_BEGIN.toSeconds()));

        // While one is looked at the next run may put another in its place.
        BackupSet set = await().atMost(A_MINUTE_AND_A_RUN)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> state("well") ? copied() : Optional.<BackupSet>empty(), Optional::isPresent)
                .orElseThrow();
        String log = stack.engine().logs(stack.containerName("backup"), LOG_LINES);
        Instant due = NEXT.matcher(log)
                .results()
                .map(line -> Instant.parse(line.group(1)))
                .filter(announced -> !announced.isAfter(set.time()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        // What passes, such as a database that starts or another command at work, has a run try again after a minute.
        List<Instant> tries = MAKING.matcher(log)
                .results()
                .map(line -> BackupSet.timeOf(line.group(1)))
                .filter(begun -> !begun.isBefore(due) && !begun.isAfter(set.time()))
                .toList();
        Duration late = Duration.between(due, tries.getFirst());
        String why = tries.size() > 1
                ? log.substring(log.lastIndexOf(due.toString())).lines().limit(LINES_OF_A_TRY).toList().toString()
                : "";
        await().atMost(A_MINUTE_AND_A_RUN)
                .until(() -> metric("backup_last_verified_timestamp_seconds") >= set.time().getEpochSecond() && metric(
                        "backup_failed") == 0);
        List<String> mounts = Objects.requireNonNull(stack.inspect("backup").getMounts())
                .stream()
                .map(mount -> String.valueOf(mount.getSource()))
                .toList();
        evidence.observed("due at %s, begun %d s later, %s made at try %d%s and verified; mounts of the service: %s".formatted(due, late
                .toSeconds(), set.name(), tries.size(), why, mounts));

        assertThat(late).isBetween(Duration.ZERO, LATEST_BEGIN);
        assertThat(tries).as(why).hasSizeLessThanOrEqualTo(2);
        assertThat(stack.stack("status").exitCode()).isZero();
        assertThat(stack.inspect("backup").getRestartCount()).as("a run that fails doesn't end the service").isZero();
        assertThat(mounts).noneMatch(mount -> mount.contains("docker.sock"));
        assertThat(mounts).as("volumes without a name, which would be left behind")
                .noneMatch(mount -> mount.matches(".*/volumes/[0-9a-f]{64}/.*"));
    }

    @Test
    @Order(3)
    @Promise(value = "BKP-9", part = "a missed run is visible")
    void whatCronDidNotStartIsSeenUntilItIsMadeUpFor(Evidence evidence) throws IOException {
        evidence.expected(
                "a schedule that is two hours old, and no set since: ./stack status ends with 1 and says when one was due, backup_missed is 1; after ./stack backup --scheduled, which hands its set to BACKUP_HOOK, both are well");

        Path handed = stack.directory().resolve("handed");
        Path hook = stack.write("hook", "#!/bin/sh\nset -eu\nsha256sum <\"$1/manifest.json\" >'%s'\n".formatted(handed));
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        stack.set("BACKUP_SCHEDULER", "cron").set("BACKUP_SCHEDULE", "0 * * * *").set("BACKUP_HOOK", hook.toString());
        stack.stack("up").orThrow();
        assertThat(state("well")).as("nothing is missed that was due before the schedule was there").isTrue();
        timePasses(Duration.ofHours(2));

        CommandResult missed = stack.stack("status");
        await().atMost(A_MINUTE_AND_A_RUN).until(() -> metric("backup_missed") == 1);
        CommandResult run = stack.stack("backup", "--scheduled");
        await().atMost(A_MINUTE_AND_A_RUN).until(() -> metric("backup_missed") == 0);
        CommandResult after = stack.stack("status");
        evidence.observed("exit code %d: %s; the run ended with %d; later %d".formatted(missed.exitCode(),
                missed.out().lines().filter(line -> line.contains("MISSED")).toList(), run.exitCode(), after.exitCode()));

        assertThat(missed.exitCode()).isEqualTo(1);
        assertThat(missed.out()).contains("A BACKUP WAS MISSED: one was due at ");
        assertThat(run.exitCode()).as(run.lastLines(10)).isZero();
        BackupSet set = BackupSet.of(stack).getLast();
        assertThat(Files.readString(handed)).startsWith(BackupSet.sha256(Files.readAllBytes(set.manifestFile())));
        assertThat(after.exitCode()).isZero();
    }

    @Test
    @Order(4)
    @Promise(value = "BKP-9", part = "a failed run is visible")
    void aHookThatFailsEndsTheRunWithItsOwnExitCode(Evidence evidence) {
        evidence.expected("BACKUP_HOOK ends with 7: ./stack backup --scheduled ends with 1, status names the step; the set is there");

        stack.set("BACKUP_HOOK", "/bin/false");
        int sets = BackupSet.of(stack).size();
        CommandResult run = stack.stack("backup", "--scheduled");
        CommandResult status = stack.stack("status");
        stack.set("BACKUP_HOOK", "/bin/true");
        CommandResult again = stack.stack("backup", "--scheduled");
        evidence.observed("%d, then status %d; with a hook that works %d, then %d".formatted(run.exitCode(), status.exitCode(), again
                .exitCode(),
                stack.stack("status").exitCode()));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(status.exitCode()).isEqualTo(1);
        assertThat(status.out()).contains("its step copy ended with 1");
        assertThat(again.exitCode()).as(again.lastLines(10)).isZero();
        assertThat(stack.stack("status").exitCode()).isZero();
        assertThat(BackupSet.of(stack)).hasSizeGreaterThanOrEqualTo(sets);
    }

    /** What has been since the schedule began, and when the service was told of, lies further back. */
    private void timePasses(Duration time) throws IOException {
        Path since = BackupSet.folderOf(stack).resolve(".schedule");
        String[] parts = Files.readString(since).strip().split("\\|", 2);
        Files.writeString(since, "%d|%s%n".formatted(Long.parseLong(parts[0]) - time.toSeconds(), parts[1]));
        for (BackupSet set : BackupSet.of(stack)) {
            Files.move(set.folder(), stack.directory().resolve(set.name()));
        }
        assertThat(stack.query("UPDATE runs.backup_state SET made = NULL, next_due = next_due - interval '2 hours' RETURNING 1")).hasSize(
                1);
    }

    /** The newest set that is verified, and the same in its second place. */
    private Optional<BackupSet> copied() {
        return BackupSet.of(stack)
                .reversed()
                .stream()
                .filter(set -> set.verification().filter(result -> result.path("verified").asBoolean()).isPresent())
                .filter(set -> Files.exists(copies.resolve(set.name())))
                .filter(set -> new BackupSet(copies.resolve(set.name())).sums().equals(set.sums()))
                .findFirst();
    }

    private boolean state(String wanted) {
        return backups().path("state").asText().equals(wanted);
    }

    private JsonNode backups() {
        try {
            return JSON.readTree(stack.stack("status", "--json").out()).path("backups");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double metric(String name) {
        String url = "http://127.0.0.1:%d/metrics".formatted(stack.port("EXPRESS_PORT"));
        return Http.get(url)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(Double.NaN);
    }
}

package org.claudeagentui.acceptance.promises;

import org.assertj.core.api.SoftAssertions;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTestBeside;
import org.claudeagentui.acceptance.stack.CommandResult;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EngineEvent;
import org.claudeagentui.acceptance.stack.Service;
import org.claudeagentui.acceptance.stack.Stacks;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTestBeside
class DataRecordIT {
    private static final String RECORD = "server-identity";

    @Test
    @Promise(value = "TOP-9", part = "record lies with the volume")
    @Promise(value = "TOP-9", part = "another major version")
    @Promise(value = "TOP-9", part = "another C library")
    @Promise(value = "TOP-9", part = "another collation")
    @Promise(value = "TOP-9", part = "tampered record")
    @Promise(value = "TOP-9", part = "way over")
    void aVolumeOfAnotherServerIsRefusedBeforeItStarts(Stacks stacks, Evidence evidence) {
        evidence.expected(
                "the volume carries major version, C library and collation as the running server has them; a record that says otherwise, or nonsense, or is"
                        + " gone, is refused by ./stack up and by plain docker compose before the server starts, with the way over; no file of the data changes");

        ComposeStack stack = stacks.create().prepare();
        stack.up(Service.POSTGRES);
        String record = inVolume(stack, "cat " + RECORD);
        String server = stack.query(
                "SELECT current_setting('server_version_num')::int / 10000 || ' ' || datcollate FROM pg_database WHERE datname = current_database()")
                .getFirst();
        stack.down();
        String before = hashOfData(stack);

        Map<String, String> others = new LinkedHashMap<>();
        others.put("another major version", record.replaceFirst("postgresql=\\d+", "postgresql=11"));
        others.put("another C library", record.replaceFirst("libc=[^\\n]+", "libc=musl-of-old"));
        others.put("another collation", record.replaceFirst("collation=[^\\n]+", "collation=sv_SE.UTF-8"));
        others.put("tampered record", "postgresql=\u0001garbage");
        others.put("record gone", "");
        Map<String, Integer> exits = new LinkedHashMap<>();
        SoftAssertions soft = new SoftAssertions();
        others.forEach((what, content) -> {
            writeRecord(stack, content);
            CommandResult up = stack.stack("up");
            exits.put(what, up.exitCode());
            soft.assertThat(up.exitCode()).as(what).isNotZero();
            soft.assertThat(up.err())
                    .as(what)
                    .contains("refused")
                    .contains("The way over")
                    .contains("POSTGRES_IMAGE")
                    .contains("backup")
                    .contains("restore");
        });
        List<String> startedByStack = starts(stack, 1);
        writeRecord(stack, others.getOrDefault("another major version", ""));
        CommandResult plain = stack.tryUp(Service.POSTGRES);
        String log = stack.engine().logs(stack.containerName(Service.POSTGRES), 30);
        String exitCode = stack.events()
                .all()
                .reversed()
                .stream()
                .filter(event -> event.action().equals(EngineEvent.DIE))
                .map(EngineEvent::exitCode)
                .findFirst()
                .orElse("none");
        stack.down();
        writeRecord(stack, record);
        String after = hashOfData(stack);
        stack.up(Service.POSTGRES);
        evidence.observed(
                "record %s of server %s; ./stack up: %s, containers it started: %s; plain compose: exit code %d, the container's %s; data before %s, after %s; with"
                        .formatted(record.replace("\n", " "), server, exits, startedByStack, plain.exitCode(), exitCode, before, after)
                        + " its own record the server starts again");

        assertThat(record).contains("postgresql=" + server.split(" ", 2)[0])
                .contains("collation=" + server.split(" ", 2)[1])
                .contains("libc=");
        soft.assertThat(startedByStack).isEmpty();
        soft.assertThat(plain.succeeded()).isFalse();
        soft.assertThat(exitCode).isEqualTo("78");
        soft.assertThat(log).contains("database-guard: refused").contains("The way over").doesNotContain("database system is ready");
        soft.assertThat(after).isEqualTo(before);
        soft.assertAll();
    }

    private static List<String> starts(ComposeStack stack, int skip) {
        return stack.events()
                .all()
                .stream()
                .filter(event -> event.action().equals(EngineEvent.START))
                .skip(skip)
                .map(EngineEvent::service)
                .toList();
    }

    // Every file of the data but the record itself: names, contents, owners, modes.
    private static String hashOfData(ComposeStack stack) {
        return inVolume(stack, "{ find . -path ./" + RECORD + " -prune -o -type f -exec sha256sum {} + ; find . -path ./" + RECORD
                + " -prune -o -printf '%p %U:%G %m %s\\n'; } | sort | sha256sum | cut -c 1-16");
    }

    private static void writeRecord(ComposeStack stack, String content) {
        inVolume(stack, content.isEmpty()
                ? "rm -f " + RECORD
                : "printf '%s\\n' '" + content + "' >" + RECORD + " && chown 70:70 " + RECORD);
    }

    private static String inVolume(ComposeStack stack, String script) {
        return stack.engine()
                .helpers()
                .runBeside(List.of(stack.name() + "-postgres-data:/volume"), List.of("bash", "-euc", "cd /volume && " + script))
                .orThrow();
    }
}

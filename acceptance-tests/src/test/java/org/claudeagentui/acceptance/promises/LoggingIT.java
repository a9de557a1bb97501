package org.claudeagentui.acceptance.promises;

import com.github.dockerjava.api.model.LogConfig;
import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class LoggingIT {
    private static final long LIMIT = 30L * 1000 * 1000;
    private static final long FLOOD = 36L * 1000 * 1000;

    @Test
    @Promise(value = "LOG-1", part = "driver, options, label")
    void logsAreRotatedAndLabelled(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "the engine's view of each container: json-file, max-size 10m, max-file 3, label service=<name>; the label stands with each line of its log");

        Map<String, LogConfig> configs = new LinkedHashMap<>();
        Map<String, Boolean> labelled = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            configs.put(service, stack.inspect(service).getHostConfig().getLogConfig());
            labelled.put(service, stack.logDetails(service).contains("service=" + service));
        }
        evidence.observed(configs.entrySet()
                .stream()
                .map(config -> config.getKey() + " " + config.getValue().getType() + " " + config.getValue().getConfig())
                .toList()
                + "; the label stands in the log: " + labelled);

        assertThat(configs.values()).allSatisfy(config -> {
            assertThat(Objects.requireNonNull(config.getType()).getType()).isEqualTo("json-file");
            assertThat(Objects.requireNonNull(config.getConfig())).containsEntry("max-size", "10m").containsEntry("max-file", "3");
        });
        assertThat(labelled.values()).containsOnly(true);
    }

    @Test
    @Promise(value = "LOG-1", part = "flood")
    void aFloodStaysWithinThirtyMegabytes(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "after 36 MB of lines on the frontend's standard output its log on disk is at most 30 MB, in at most 3 files, and holds the last line");

        String script = "line=$(printf '%%0999d' 7); yes \"$line\" | head -c %d >/proc/1/fd/1; echo the-flood-is-over >/proc/1/fd/1"
                .formatted(FLOOD);
        stack.shell(Service.FRONTEND).run(Duration.ofSeconds(60), List.of("bash", "-c", script)).orThrow();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> stack.engine().logs(stack.containerName(Service.FRONTEND), 5).contains("the-flood-is-over"));
        Path folder = Path.of(Objects.requireNonNull(stack.inspect(Service.FRONTEND).getLogPath())).getParent();
        List<String> files = stack.engine()
                .helpers()
                .runBeside(List.of(folder + ":/log:ro"), List.of("bash", "-c", "cd /log && stat -c '%n %s' -- *-json.log*"))
                .orThrow()
                .lines()
                .toList();
        long bytes = files.stream().mapToLong(file -> Long.parseLong(file.substring(file.lastIndexOf(' ') + 1))).sum();
        evidence.observed(files.size() + " files, " + bytes + " bytes: " + files.stream()
                .map(file -> file.replaceAll("^[0-9a-f]{52}", "…"))
                .toList());
        evidence.figure("log on disk", bytes / 1e6, "MB");

        assertThat(files).hasSizeLessThanOrEqualTo(3);
        assertThat(bytes).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT / 3);
    }
}

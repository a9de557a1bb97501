package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ConfinementIT {
    private static final Set<String> SHOWN = Set.of("Uid", "CapPrm", "CapEff", "CapBnd", "NoNewPrivs");
    private static final String NONE = "0000000000000000";

    @Test
    @Promise("SEC-1")
    void everyContainerIsConfined(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "in each container the first process has a user other than root, no capability in any set, no-new-privileges, and the root file system refuses a write");

        Map<String, Map<String, String>> statuses = new LinkedHashMap<>();
        Map<String, String> writes = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            statuses.put(service, status(stack, service));
            writes.put(service, stack.exec(service, "bash", "-c", ": >/written-by-a-test").err().strip().replaceFirst("^.*: ", ""));
        }
        evidence.observed(statuses + "; writes: " + writes);

        assertThat(statuses.values()).allSatisfy(status -> {
            assertThat(status).containsEntry("CapPrm", NONE)
                    .containsEntry("CapEff", NONE)
                    .containsEntry("CapBnd", NONE)
                    .containsEntry("NoNewPrivs", "1");
            assertThat(status.get("Uid")).isNotEqualTo("0");
        });
        assertThat(writes.values()).containsOnly("Read-only file system");
    }

    private static Map<String, String> status(ComposeStack stack, String service) {
        Map<String, String> status = new LinkedHashMap<>();
        stack.exec(service, "cat", "/proc/1/status")
                .orThrow()
                .lines()
                .map(line -> line.split(":\\s+", 2))
                .filter(line -> line.length == 2 && SHOWN.contains(line[0]))
                .forEach(line -> status.put(line[0], line[1].split("\\s+", 2)[0]));
        return status;
    }
}

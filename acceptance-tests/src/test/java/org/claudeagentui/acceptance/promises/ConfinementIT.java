package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.ExecResult;
import org.claudeagentui.acceptance.stack.Service;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ConfinementIT {
    private static final String NONE = "0000000000000000";

    @Test
    @Promise("SEC-1")
    void everyContainerIsConfined(ComposeStack stack, Evidence evidence) {
        evidence.expected(
                "in each container the first process has a user other than root, no capability in any set, no-new-privileges, and the root file system refuses a write");

        Map<String, String> seen = new LinkedHashMap<>();
        for (String service : Service.ALL) {
            Map<String, String> status = status(stack, service);
            ExecResult write = stack.exec(service, "bash", "-c", "printf x >/written-by-a-test");
            seen.put(service, "uid %s, capabilities %s/%s/%s, no-new-privileges %s, write: %s".formatted(status.get("Uid"), status.get(
                    "CapPrm"), status.get("CapEff"),
                    status.get("CapBnd"), status.get("NoNewPrivs"), write.err().strip().replaceFirst("^.*: ", "")));
            assertThat(status.get("Uid")).as(service).isNotEqualTo("0");
            assertThat(status).as(service)
                    .containsEntry("CapPrm", NONE)
                    .containsEntry("CapEff", NONE)
                    .containsEntry("CapBnd", NONE)
                    .containsEntry("NoNewPrivs", "1");
            assertThat(write.err()).as(service).contains("Read-only file system");
        }
        evidence.observed(seen.toString());
    }

    private static Map<String, String> status(ComposeStack stack, String service) {
        Map<String, String> status = new LinkedHashMap<>();
        stack.exec(service, "cat", "/proc/1/status")
                .orThrow()
                .lines()
                .map(line -> line.split(":\\s+", 2))
                .filter(line -> line.length == 2)
                .forEach(line -> status.put(line[0], line[1].split("\\s+", 2)[0]));
        return status;
    }
}

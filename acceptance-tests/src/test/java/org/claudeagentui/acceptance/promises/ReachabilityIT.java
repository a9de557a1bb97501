package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Evidence;
import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ReachabilityIT {
    @Test
    @Promise(value = "NET-2", part = "matrix")
    @Promise(value = "NET-3", part = "matrix")
    void whoSharesANetworkReachesTheOtherAndNobodyElseDoes(ComposeStack stack, Evidence evidence) {
        List<String> deviations = Reachability.probe(stack, false, evidence);

        assertThat(deviations).isEmpty();
    }
}

package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.report.Promise;
import org.claudeagentui.acceptance.stack.AcceptanceTest;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** Parts of promises that can't be proven yet, each with the reason that the report gives. */
@AcceptanceTest
class NotYetIT {
    @Test
    @Disabled("the monitoring overlay is not built yet")
    @Promise(value = "OPS-3", part = "the monitoring overlay")
    void monitoringOverlay() {
    }
}

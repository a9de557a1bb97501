package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;

/** The one model of the verdict; every rendering is made from it. */
record AcceptanceReport(Verdict verdict, String reason, Map<String, Object> environment, List<PromiseReport> promises) {
    AcceptanceReport {
        environment = Map.copyOf(environment);
        promises = List.copyOf(promises);
    }

    long count(Status status) {
        return promises.stream().filter(promise -> promise.status() == status).count();
    }
}

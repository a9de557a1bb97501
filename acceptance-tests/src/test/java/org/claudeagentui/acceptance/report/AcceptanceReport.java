package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one model of the verdict; every rendering is made from it. Promises name the tests that say something of them. */
record AcceptanceReport(Verdict verdict, String reason, Map<String, Object> environment, List<PromiseReport> promises,
        List<TestOutcome> tests) {
    AcceptanceReport {
        environment = Map.copyOf(environment);
        promises = List.copyOf(promises);
        tests = List.copyOf(tests);
    }

    long count(Status status) {
        return promises.stream().filter(promise -> promise.status() == status).count();
    }

    Optional<TestOutcome> test(String name) {
        return tests.stream().filter(test -> test.test().equals(name)).findFirst();
    }
}

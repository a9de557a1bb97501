package org.claudeagentui.acceptance.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one model of the verdict; every rendering is made from it. Promises name the tests that say something of them. */
record AcceptanceReport(Verdict verdict, String reason, Map<String, Object> environment, List<PromiseReport> promises,
        List<TestOutcome> tests, Pictures pictures, Changes changes) {
    AcceptanceReport {
        environment = Map.copyOf(environment);
        promises = List.copyOf(promises);
        tests = List.copyOf(tests);
    }

    AcceptanceReport with(Changes found) {
        return new AcceptanceReport(verdict, reason, environment, promises, tests, pictures, found);
    }

    long count(Status status) {
        return promises.stream().filter(promise -> promise.status() == status).count();
    }

    List<PromiseReport> promises(Status status) {
        return promises.stream().filter(promise -> promise.status() == status).toList();
    }

    /** The promises that are not verified, by the reason they share, in the catalogue's order. */
    Map<String, List<PromiseReport>> openByReason() {
        return promises(Status.NOT_VERIFIED).stream()
                .collect(Collectors.groupingBy(PromiseReport::reason, LinkedHashMap::new, Collectors.toList()));
    }

    Optional<TestOutcome> test(String name) {
        return tests.stream().filter(test -> test.test().equals(name)).findFirst();
    }

    /** A fact of the run, or "unknown". */
    String fact(String name) {
        return String.valueOf(environment.getOrDefault(name, "unknown"));
    }
}

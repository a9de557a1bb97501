package org.claudeagentui.acceptance.report;

import java.util.Optional;

/** The command that repeats a test as this run ran it. */
final class Reproduction {
    private Reproduction() {
    }

    static String of(String test) {
        return "mvn verify -pl acceptance-tests" + (Boolean.getBoolean("acceptance.full") ? " -Pfull" : "") + " -Dit.test=" + test.replace(
                '.', '#') + Optional.ofNullable(RunEnvironment.facts().get("seed")).map(seed -> " -Dacceptance.seed=" + seed).orElse("");
    }
}

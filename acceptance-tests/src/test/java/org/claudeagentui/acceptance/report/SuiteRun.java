package org.claudeagentui.acceptance.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of the suite left, before it is judged.
 *
 * @param outcomes the tests that were to run
 * @param elsewhere what tests claim that were not to run this time
 * @param failures what went wrong outside any test, the suite's own checks included
 * @param environmentFailure why the suite could not work, if it could not
 * @param environment facts of the run
 * @param pictures what the report draws
 */
record SuiteRun(List<TestOutcome> outcomes, Set<Claim> elsewhere, List<String> failures,
        Optional<String> environmentFailure, Map<String, Object> environment, Pictures pictures) {}

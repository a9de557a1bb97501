package org.claudeagentui.acceptance.report;

import java.util.List;

/**
 * One test's end.
 *
 * @param test its name
 * @param claims what it claims to prove
 * @param result how it ended
 * @param reason why it did not pass; empty if it did
 * @param millis how long it took
 * @param findings what it left
 * @param reproduce the command that repeats it; empty if it passed
 * @param services the services of the stacks it used, where it failed
 */
record TestOutcome(String test, List<Claim> claims, Result result, String reason, long millis, Findings findings, String reproduce,
        List<ServiceState> services) {
    TestOutcome {
        claims = List.copyOf(claims);
        services = List.copyOf(services);
    }
}

package org.claudeagentui.service.runs;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * What the runs of one agent took on one day that one user began.
 *
 * @param day the day in UTC on which the runs were accepted
 * @param agentId the agent's document id
 * @param agentName its name at the last of these runs
 * @param user the user, with the name at the last of these runs; nobody where they are from before there were users
 * @param runs how many runs
 * @param usage the tokens that they took, those that go on included; not complete when one run's isn't
 * @param costUsd what those cost whose model's price is known, in US dollars; nothing when no run's is
 * @param unpriced how many runs that took tokens have no price
 */
record UsageShare(LocalDate day, String agentId, String agentName, Optional<RunUser> user, long runs, RunUsage usage,
        Optional<BigDecimal> costUsd, long unpriced) {

    UsageShare {
        Objects.requireNonNull(day, "day");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(costUsd, "costUsd");
    }
}

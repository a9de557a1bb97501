package org.claudeagentui.service.runs;

import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.Listing;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runs are asked for, by the time that they were accepted.
 *
 * @param page number of the page, from 1
 * @param pageSize most runs of a page
 * @param newestFirst whether the latest comes first
 * @param userId whose runs alone; nothing means everybody's
 * @param agentId of which agent alone; nothing means of all
 * @param states in which states alone; none means in any
 */
record RunsQuery(int page, int pageSize, boolean newestFirst, Optional<String> userId, Optional<String> agentId, Set<RunState> states) {
    private static final String AGENT = "agentId";
    private static final String STATE = "state";
    private static final Set<String> STATES = Arrays.stream(RunState.values())
            .map(RunState::wireName)
            .collect(Collectors.toUnmodifiableSet());

    /** How runs can be asked for. */
    static final Listing LISTING = Listing.sortedBy("createdAt")
            .narrowedBy(AGENT, Filter.id(AGENT))
            .narrowedBy(STATE, Filter.anyOf(STATE, STATES));

    /** Keeps the states from being changed. */
    RunsQuery {
        states = Set.copyOf(states);
    }

    /** A page of the runs that a caller may see. */
    static RunsQuery of(ListQuery query, Caller caller) {
        Set<RunState> states = Optional.ofNullable(query.filters().get(STATE))
                .stream()
                .flatMap(Filter::words)
                .map(RunState::of)
                .collect(Collectors.toUnmodifiableSet());
        return new RunsQuery(query.page(), query.pageSize(), query.sort().map(ListQuery.Sort::descending).orElse(true), caller.onlyOwner(),
                Optional.ofNullable(query.filters().get(AGENT)), states);
    }

    /** How many runs come before the page. */
    long passedOver() {
        return (page - 1L) * pageSize;
    }
}

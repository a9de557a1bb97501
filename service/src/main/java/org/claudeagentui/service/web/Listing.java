package org.claudeagentui.service.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How a list can be asked for.
 *
 * @param sortable names of the members that one may sort by
 * @param filters names of the members that one may narrow it by, and how
 */
public record Listing(Set<String> sortable, Map<String, Filter> filters) {

    /** Keeps both from being changed. */
    public Listing {
        sortable = Set.copyOf(sortable);
        filters = Map.copyOf(filters);
    }

    /** A list that can be sorted by members. */
    public static Listing sortedBy(String... members) {
        return new Listing(Set.of(members), Map.of());
    }

    /** The same list, which can also be narrowed by a member. */
    public Listing narrowedBy(String member, Filter filter) {
        var more = new LinkedHashMap<>(filters);
        more.put(member, filter);
        return new Listing(sortable, more);
    }
}

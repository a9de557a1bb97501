package org.claudeagentui.service.strapi;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often what one type's answers are made of has changed. Safe for threads, and of one size however many entries there are: entries
 * share counters, so a change to one may drop what is remembered of a few others, too.
 */
final class Generations {
    private static final int COUNTERS = 1024;

    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong changesOfAll = new AtomicLong();
    private final AtomicLongArray changesOfOne = new AtomicLongArray(COUNTERS);

    /** Of what is made of many entries. */
    long ofLists() {
        return changes.get();
    }

    /** Of what is made of the entry with that id, and of its parts. */
    long of(String id) {
        return changesOfAll.get() + changesOfOne.get(counter(id));
    }

    void oneChanged(String id) {
        changesOfOne.incrementAndGet(counter(id));
        changes.incrementAndGet();
    }

    void anyMayHaveChanged() {
        changesOfAll.incrementAndGet();
        changes.incrementAndGet();
    }

    private static int counter(String id) {
        return Math.floorMod(id.hashCode(), COUNTERS);
    }
}

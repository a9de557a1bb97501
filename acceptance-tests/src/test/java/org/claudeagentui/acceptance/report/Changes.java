package org.claudeagentui.acceptance.report;

import java.util.List;

/**
 * What differs from the earlier runs that tested the same.
 *
 * @param compared how many parts of promises an earlier run tested, too
 * @param broken what was verified last time and is broken now
 * @param lost what was verified last time and could not be now
 * @param verified what is verified now and was not last time
 * @param slower durations that grew beyond what they varied by before
 */
record Changes(int compared, List<Turn> broken, List<Turn> lost, List<Turn> verified, List<Slower> slower) {
    static final Changes NONE = new Changes(0, List.of(), List.of(), List.of(), List.of());

    /** A part of a promise that turned, and when it was last seen otherwise. */
    record Turn(String promise, String part, Status before, String revision, String at) {
        String describe() {
            return part.isEmpty() ? promise : promise + " (" + part + ")";
        }
    }

    /** A duration, what it was at most in the runs before, and what it is now. */
    record Slower(String test, String figure, double before, double now, String unit) {
        String describe() {
            return "%s, %s: %s %s, at most %s before".formatted(test, figure, Figure.text(now), unit, Figure.text(before));
        }
    }

    Changes {
        broken = List.copyOf(broken);
        lost = List.copyOf(lost);
        verified = List.copyOf(verified);
        slower = List.copyOf(slower);
    }

    boolean any() {
        return !(broken.isEmpty() && lost.isEmpty() && verified.isEmpty() && slower.isEmpty());
    }
}

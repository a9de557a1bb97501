package org.claudeagentui.acceptance.promises;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that befalls a run at a point of it. */
record FaultCell(FaultPoint point, FaultCause cause) {

    static List<FaultCell> all() {
        return Arrays.stream(FaultPoint.values())
                .flatMap(point -> Arrays.stream(FaultCause.values()).map(cause -> new FaultCell(point, cause)))
                .toList();
    }

    /** Why it can't happen. */
    Optional<String> impossible() {
        return cause.impossibleAt(point);
    }

    /** How the run may end. */
    Set<String> ends() {
        return cause.endsAt(point);
    }

    @Override
    public String toString() {
        return point + ", " + cause;
    }
}

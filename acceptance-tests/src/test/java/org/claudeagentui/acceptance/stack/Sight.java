package org.claudeagentui.acceptance.stack;

import java.time.Instant;

/**
 * What a client saw when it asked the front door once.
 *
 * @param asked when it asked
 * @param path what it asked for
 * @param status the answer's status, or 0 where none came, as while nobody listens
 * @param saysWhen whether the answer is a problem document that says when to try again
 */
public record Sight(Instant asked, String path, int status, boolean saysWhen) {
    private static final int NO_ANSWER = 0;

    static Sight ofNothing(Instant asked, String path) {
        return new Sight(asked, path, NO_ANSWER, false);
    }

    /** Whether an answer came at all. */
    public boolean answered() {
        return status != NO_ANSWER;
    }

    /** Whether a client can live with it: no answer before somebody listens, success, being asked who it is, or word of when to try again. */
    public boolean tolerable() {
        return !answered() || status < 400 || status == 401 || (status == 503 && saysWhen);
    }
}

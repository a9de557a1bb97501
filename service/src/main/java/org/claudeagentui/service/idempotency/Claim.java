package org.claudeagentui.service.idempotency;

import java.util.UUID;

/** What becomes of a request that wants to be the first one with its key. */
sealed interface Claim {

    /**
     * It is the first one, or the first one has not ended in time.
     *
     * @param token the right to say how it ended
     * @param made the id for what it makes, the same for all that get the claim
     */
    record Granted(UUID token, String made) implements Claim {}

    /**
     * It was answered before.
     *
     * @param answer the first answer
     */
    record Answered(KeptAnswer answer) implements Claim {}

    /** The first one is at work. */
    record Busy() implements Claim {}
}

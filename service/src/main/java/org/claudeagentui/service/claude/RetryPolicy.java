package org.claudeagentui.service.claude;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to ask again after a failure that may pass: full jitter under an exponential ceiling, and never sooner than the
 * model API asks.
 *
 * @param maxAttempts how often a question is asked at most, the first time included
 * @param base the ceiling of the first wait; it doubles from wait to wait
 * @param cap the ceiling never exceeds this; a longer wait that the API asks for is not waited
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration cap) {

    /** Checks the bounds. */
    public RetryPolicy {
        if (maxAttempts < 1 || base.isNegative() || cap.compareTo(base) < 0) {
            throw new IllegalArgumentException("a retry policy needs an attempt and 0 <= base <= cap");
        }
    }

    /**
     * How long to wait before asking again.
     *
     * @param attempt the number of the attempt that failed, from 1
     * @return the wait, or nothing when asking again is no use
     */
    public Optional<Duration> waitAfter(ModelFailure failure, int attempt) {
        if (!failure.transientFailure() || attempt >= maxAttempts) {
            return Optional.empty();
        }
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        if (asked.compareTo(cap) > 0) {
            return Optional.empty();
        }
        long ceiling = Math.min(cap.toNanos(), base.toNanos() << Math.min(attempt - 1, 16));
        return Optional.of(asked.plusNanos(ThreadLocalRandom.current().nextLong(ceiling + 1)));
    }
}

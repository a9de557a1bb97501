package org.claudeagentui.service.claude;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTest {

    private static final RetryPolicy POLICY = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void waitsAnyTimeUpToACeilingThatDoublesUnderACap() {
        var failure = new ModelFailure.ConnectionFailed("no");
        for (int i = 0; i < 1_000; i++) {
            assertThat(POLICY.waitAfter(failure, 1).orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
            assertThat(POLICY.waitAfter(failure, 2).orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            assertThat(POLICY.waitAfter(failure, 3).orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(3));
        }
    }

    @Test
    void spreadsItsWaits() {
        var failure = new ModelFailure.ConnectionFailed("no");
        assertThat(IntStream.range(0, 100).mapToObj(_ -> POLICY.waitAfter(failure, 2).orElseThrow()).distinct().count())
                .isGreaterThan(50);
    }

    @Test
    void neverAsksSoonerThanItIsAskedTo() {
        var failure = new ModelFailure.RateLimited("no", Optional.of(Duration.ofSeconds(2)));
        for (int i = 0; i < 1_000; i++) {
            assertThat(POLICY.waitAfter(failure, 1).orElseThrow()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        }
    }

    @Test
    void givesUpWhenAskingAgainIsNoUse() {
        assertThat(POLICY.waitAfter(new ModelFailure.ServerError("no", Optional.empty()), 4)).isEmpty();
        assertThat(POLICY.waitAfter(new ModelFailure.RateLimited("no", Optional.of(Duration.ofSeconds(4))), 1)).isEmpty();
        assertThat(POLICY.waitAfter(new ModelFailure.InvalidRequest("no"), 1)).isEmpty();
        assertThat(POLICY.waitAfter(new ModelFailure.Refused("no"), 1)).isEmpty();
        assertThat(POLICY.waitAfter(new ModelFailure.TimedOut("no"), 1)).isEmpty();
        assertThat(POLICY.waitAfter(new ModelFailure.ProtocolViolated("no"), 1)).isEmpty();
    }
}

package org.claudeagentui.service.security;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.wiring.Single;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Hears of what lets nobody in any longer, whichever replica, or the operator, saw to that. */
@Single
class Revocations implements Channel {
    private static final long PROOF_LASTS = Duration.ofSeconds(2).toNanos();
    private static final Hearing DEAF = new Hearing(false, 0, 0);

    private final AtomicLong generation = new AtomicLong();
    private final Event<Revoked> revoked;
    private volatile Hearing hearing = DEAF;

    @Inject
    Revocations(Event<Revoked> revoked) {
        this.revoked = revoked;
    }

    /** Since when revocations are told of, and when that was last proved, as nanoseconds of the system's timer. */
    private record Hearing(boolean open, long since, long proven) {}

    /** Grows with each revocation. */
    long generation() {
        return generation.get();
    }

    /** Whether nothing that was revoked since a moment of the system's timer can have been missed. */
    boolean heardSince(long moment, long now) {
        var latest = hearing;
        return latest.open() && moment - latest.since() >= 0 && now - latest.proven() < PROOF_LASTS;
    }

    /** Something was revoked here, or may have been. */
    void happened() {
        generation.incrementAndGet();
        revoked.fire(new Revoked());
    }

    @Override
    public String name() {
        return SecurityStore.CHANNEL;
    }

    @Override
    public void opened() {
        var now = System.nanoTime();
        hearing = new Hearing(true, now, now);
        happened();
    }

    @Override
    public void proven() {
        hearing = new Hearing(true, hearing.since(), System.nanoTime());
    }

    @Override
    public void closed() {
        hearing = DEAF;
    }

    @Override
    public void heard(String message) {
        happened();
    }
}

package org.claudeagentui.service.security;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.database.Hearing;
import org.claudeagentui.service.wiring.Single;

import java.util.concurrent.atomic.AtomicLong;

/** Hears of what lets nobody in any longer, whichever replica, or the operator, saw to that. */
@Single
class Revocations implements Channel {
    private final AtomicLong generation = new AtomicLong();
    private final Event<Revoked> revoked;
    private final Hearing hearing = new Hearing();

    @Inject
    Revocations(Event<Revoked> revoked) {
        this.revoked = revoked;
    }

    /** Grows with each revocation. */
    long generation() {
        return generation.get();
    }

    /** Whether nothing that was revoked since a moment of the system's timer can have been missed. */
    boolean heardSince(long moment, long now) {
        return hearing.covers(moment, now);
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
        hearing.begins();
        happened();
    }

    @Override
    public void proven() {
        hearing.isProven();
    }

    @Override
    public void closed() {
        hearing.ends();
    }

    @Override
    public void heard(String message) {
        happened();
    }
}

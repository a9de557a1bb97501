package org.claudeagentui.service.security;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Looks again at who somebody is when something was revoked, and every few seconds; what is lost is lost. It is for one thread at a time. */
final class WatchedStanding implements Standing {
    private static final Logger LOGGER = System.getLogger(WatchedStanding.class.getName());
    private static final long LOOKS_EVERY = Duration.ofSeconds(5).toNanos();

    private final Identities identities;
    private final Revocations revocations;
    private final Credential credential;
    private long seen;
    private long looked = System.nanoTime();
    private boolean lost;

    WatchedStanding(Identities identities, Revocations revocations, Credential credential) {
        this.identities = identities;
        this.revocations = revocations;
        this.credential = credential;
        seen = revocations.generation();
    }

    @Override
    public boolean holds() {
        var latest = revocations.generation();
        var now = System.nanoTime();
        if (lost || (latest == seen && now - looked < LOOKS_EVERY)) {
            return !lost;
        }
        looked = now;
        try {
            lost = identities.of(credential).isEmpty();
            seen = latest;
            return !lost;
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "Whether somebody may still see what they see can't be found out right now", e);
            return true;
        }
    }
}

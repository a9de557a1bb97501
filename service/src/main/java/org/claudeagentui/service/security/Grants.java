package org.claudeagentui.service.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import org.claudeagentui.service.wiring.Single;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * Whom credentials let in, as remembered. What is revoked is forgotten when it is told of; while nothing is told of, the database is
 * asked each time. While that is away nothing can be revoked either, and what was known a short while ago counts.
 */
@Single
final class Grants {
    private static final int MOST = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final long FRESH = Duration.ofMinutes(5).toNanos();
    private static final long REST = Duration.ofSeconds(1).toNanos();

    private final SecurityStore store;
    private final Revocations revocations;
    private final Cache<Credential, Remembered> remembered = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    @Inject
    Grants(SecurityStore store, Revocations revocations) {
        this.store = store;
        this.revocations = revocations;
    }

    private record Remembered(Grant grant, long generation, long asked, long trustedUntil) {
        Remembered trustedUntil(long moment) {
            return new Remembered(grant, generation, asked, moment);
        }
    }

    /**
     * Whom a credential lets in.
     *
     * @throws StoreException if that isn't remembered, and the database can't be asked
     */
    Optional<Grant> find(Credential credential) {
        var known = remembered.getIfPresent(credential);
        if (known != null && isFresh(known)) {
            return Optional.of(known.grant());
        }
        return Optional.ofNullable(remembered.asMap().compute(credential, this::renewed)).map(Remembered::grant);
    }

    private @Nullable Remembered renewed(Credential credential, @Nullable Remembered before) {
        if (before != null && isFresh(before)) {
            return before;
        }
        var generation = revocations.generation();
        var now = System.nanoTime();
        try {
            return store.use(credential).map(grant -> new Remembered(grant, generation, now, now)).orElse(null);
        } catch (StoreException e) {
            if (before == null || before.generation() != generation || now - before.asked() > KEPT.toNanos()) {
                throw e;
            }
            return before.trustedUntil(now + REST);
        }
    }

    private boolean isFresh(Remembered known) {
        var now = System.nanoTime();
        return known.generation() == revocations.generation()
                && (now - known.trustedUntil() < 0 || (now - known.asked() < FRESH && revocations.heardSince(known.asked(), now)));
    }
}

package org.claudeagentui.service.strapi;

import org.claudeagentui.service.database.Channel;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of changes to what Strapi keeps. Triggers in its database announce each, whoever makes it, as soon as it is committed;
 * an answer that was asked for before the latest change is out of date.
 */
final class Changes implements Channel {
    private static final Hearing DEAF = new Hearing(false, 0, 0);
    private static final long PROOF_LASTS = Duration.ofSeconds(2).toNanos();

    private final Map<ContentType, AtomicLong> generations = Arrays.stream(ContentType.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new AtomicLong()));
    private final StrapiLimits limits;
    private volatile Hearing hearing = DEAF;

    Changes(StrapiLimits limits) {
        this.limits = limits;
    }

    /** Since when changes are told of, and when that was last proved, as nanoseconds of the system's timer. */
    private record Hearing(boolean open, long since, long proven) {
        boolean covers(long asked, long now) {
            return open && asked - since >= 0 && now - proven < PROOF_LASTS;
        }
    }

    /** How often what a type's answers are made of has changed. */
    long generation(ContentType type) {
        return counter(type).get();
    }

    /** How long an answer is fresh that was asked for at a moment of the system's timer. */
    Duration lifetime(long asked, long now) {
        return hearing.covers(asked, now) ? limits.fresh() : limits.freshUntold();
    }

    /** An entry of the type was, or may have been, changed here. */
    void happened(ContentType type) {
        heard(type.path());
    }

    @Override
    public String name() {
        return "strapi_changes";
    }

    @Override
    public void opened() {
        var now = System.nanoTime();
        hearing = new Hearing(true, now, now);
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
        generations.forEach((type, generation) -> {
            if (type.isMadeOf(message)) {
                generation.incrementAndGet();
            }
        });
    }

    private AtomicLong counter(ContentType type) {
        return Objects.requireNonNull(generations.get(type));
    }
}

package org.claudeagentui.service.strapi;

import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.database.Hearing;

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
    private final Map<ContentType, AtomicLong> generations = Arrays.stream(ContentType.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new AtomicLong()));
    private final StrapiLimits limits;
    private final Hearing hearing = new Hearing();

    Changes(StrapiLimits limits) {
        this.limits = limits;
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
        hearing.begins();
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

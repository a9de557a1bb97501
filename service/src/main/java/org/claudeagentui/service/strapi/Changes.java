package org.claudeagentui.service.strapi;

import org.claudeagentui.service.database.Channel;
import org.claudeagentui.service.database.Hearing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of changes to what Strapi keeps. Triggers in its database announce each, whoever makes it, as soon as it is committed;
 * an answer that was asked for before the latest change is out of date.
 */
final class Changes implements Channel {
    private static final char BEFORE_ID = ':';

    private final Map<ContentType, Generations> generations = Arrays.stream(ContentType.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new Generations()));
    private final StrapiLimits limits;
    private final Hearing hearing = new Hearing();

    Changes(StrapiLimits limits) {
        this.limits = limits;
    }

    /** How often what a type's answers are made of has changed. */
    Generations generations(ContentType type) {
        return Objects.requireNonNull(generations.get(type));
    }

    /** How long an answer is fresh that was asked for at a moment of the system's timer. */
    Duration lifetime(long asked, long now) {
        return hearing.covers(asked, now) ? limits.fresh() : limits.freshUntold();
    }

    /** The entry of the type with that id was, or may have been, changed here. */
    void happened(ContentType type, String id) {
        heard(type.path() + BEFORE_ID + id);
    }

    /** Some entry of the type was, or may have been, changed here. */
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

    /** A type's path, and after a colon the id of the entry where it is one. */
    @Override
    public void heard(String message) {
        var end = message.indexOf(BEFORE_ID);
        var path = end < 0 ? message : message.substring(0, end);
        generations.forEach((type, generation) -> {
            if (end >= 0 && type.path().equals(path)) {
                generation.oneChanged(message.substring(end + 1));
            } else if (type.isMadeOf(path)) {
                generation.anyMayHaveChanged();
            }
        });
    }
}

package org.claudeagentui.service.entries;

import jakarta.json.JsonObject;
import org.claudeagentui.service.security.Caller;
import org.claudeagentui.service.web.Jsons;
import org.claudeagentui.service.web.ListQuery;

import java.util.Optional;
import java.util.function.Function;

/**
 * Whose entries are.
 *
 * @param <T> what an entry is
 */
public final class Ownership<T> {
    private static final String OWNER = "owner";

    private final Optional<Function<T, Optional<String>>> owner;

    private Ownership(Optional<Function<T, Optional<String>>> owner) {
        this.owner = owner;
    }

    /** Entries that are there for everybody. */
    public static <T> Ownership<T> everybodys() {
        return new Ownership<>(Optional.empty());
    }

    /**
     * Entries that belong to who made them. For others, but administrators, they are not there.
     *
     * @param owner tells whose an entry is; it is kept as its attribute {@code owner}
     */
    public static <T> Ownership<T> makers(Function<T, Optional<String>> owner) {
        return new Ownership<>(Optional.of(owner));
    }

    boolean isOfEverybody() {
        return owner.isEmpty();
    }

    boolean shows(T entry) {
        return owner.map(of -> Caller.current().maySee(of.apply(entry))).orElse(true);
    }

    /** The part of a list that is there for the caller. */
    ListQuery shown(ListQuery query) {
        return owner.flatMap(_ -> Caller.current().onlyOwner()).map(user -> query.narrowed(OWNER, user)).orElse(query);
    }

    /** The attributes of an entry that the caller makes. */
    JsonObject made(JsonObject attributes) {
        return owner.isEmpty() ? attributes : Jsons.PROVIDER.createObjectBuilder(attributes).add(OWNER, Caller.current().userId()).build();
    }
}

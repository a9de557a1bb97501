package org.claudeagentui.service.security;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who makes a request.
 *
 * @param userId document id of the user in Strapi
 * @param name what the user is called
 * @param role what the user may do
 */
public record Caller(String userId, String name, Role role) {
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /**
     * Who makes the request that this thread works on.
     *
     * @throws IllegalStateException if it works on none, or on one that anybody may make
     */
    public static Caller current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("Nobody is known to make this request");
        }
        return CURRENT.get();
    }

    /** Works on a request of this caller. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** Works on a request of this caller, for a result. */
    public <T> T call(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** Whether the caller may see what belongs to a user; what belongs to nobody is the administrators'. */
    public boolean maySee(Optional<String> owner) {
        return role == Role.ADMINISTRATOR || owner.filter(userId::equals).isPresent();
    }

    /** The only user whose things the caller may see; nothing where those of all may be seen. */
    public Optional<String> onlyOwner() {
        return role == Role.ADMINISTRATOR ? Optional.empty() : Optional.of(userId);
    }
}

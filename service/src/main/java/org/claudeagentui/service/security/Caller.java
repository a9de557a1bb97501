package org.claudeagentui.service.security;

import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;

import java.util.Objects;
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

    /** Refuses to be incomplete. */
    public Caller {
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
    }

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

    /** Works on a request of this caller, who may do what they do for as long as they do it. */
    public void run(Runnable work) {
        run(() -> true, work);
    }

    /** The same, for a result. */
    public <T> T call(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).where(Standings.CURRENT, () -> true).call(work::get);
    }

    /** Works on a request of this caller. */
    public void run(Standing standing, Runnable work) {
        ScopedValue.where(CURRENT, this).where(Standings.CURRENT, standing).run(work);
    }

    /** Whether the caller may see what belongs to a user; what belongs to nobody is the administrators'. */
    public boolean maySee(Optional<String> owner) {
        return role == Role.ADMINISTRATOR || owner.filter(userId::equals).isPresent();
    }

    /** The only user whose things the caller may see; nothing where those of all may be seen. */
    public Optional<String> onlyOwner() {
        return role == Role.ADMINISTRATOR ? Optional.empty() : Optional.of(userId);
    }

    /**
     * Lets administrators pass.
     *
     * @param what what only they may do, as the beginning of a sentence
     * @throws ProblemException for all others
     */
    public void requireAdministrator(String what) {
        if (role != Role.ADMINISTRATOR) {
            throw new ProblemException(Problem.forbidden(what + " is for administrators: ask one of them."));
        }
    }
}

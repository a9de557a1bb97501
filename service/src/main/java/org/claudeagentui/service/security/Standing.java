package org.claudeagentui.service.security;

/** Whether a caller may still do what they began: a stream lasts longer than what lets somebody in. */
@FunctionalInterface
public interface Standing {

    /** Whether it holds at this moment. It costs next to nothing to ask. */
    boolean holds();

    /**
     * The standing of who makes the request that this thread works on.
     *
     * @throws IllegalStateException if it works on none, or on one that anybody may make
     */
    static Standing current() {
        if (!Standings.CURRENT.isBound()) {
            throw new IllegalStateException("Nobody is known to make this request");
        }
        return Standings.CURRENT.get();
    }
}

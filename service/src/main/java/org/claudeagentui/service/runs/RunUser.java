package org.claudeagentui.service.runs;

import org.claudeagentui.service.security.Caller;

import java.util.Objects;

/**
 * Whose a run is.
 *
 * @param id the user's document id in Strapi
 * @param name the user's name when the run was accepted
 */
public record RunUser(String id, String name) {

    /** Refuses to be incomplete. */
    public RunUser {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }

    static RunUser of(Caller caller) {
        return new RunUser(caller.userId(), caller.name());
    }
}

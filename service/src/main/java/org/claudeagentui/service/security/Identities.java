package org.claudeagentui.service.security;

import java.util.Optional;

/** Knows who shows what. */
public interface Identities {

    /**
     * Who shows a credential; nothing where it lets nobody in, or no longer.
     *
     * @throws RuntimeException with a problem where that can't be found out right now
     */
    Optional<Identity> of(Credential credential);
}

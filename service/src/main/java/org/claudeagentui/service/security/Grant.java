package org.claudeagentui.service.security;

import java.util.Optional;

/**
 * Whom a credential lets in.
 *
 * @param userId document id of the user
 * @param generation the password that it depends on; nothing where it depends on none
 */
record Grant(String userId, Optional<String> generation) {

    boolean holdsFor(Account account) {
        return !account.blocked() && generation.filter(own -> !own.equals(account.generation())).isEmpty();
    }
}

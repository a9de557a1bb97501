package org.claudeagentui.service.security;

import jakarta.inject.Inject;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** Finds whom a credential was given to, and what becomes of that user since. */
@Single
class StoredIdentities implements Identities {
    private final Grants grants;
    private final Accounts accounts;

    @Inject
    StoredIdentities(Grants grants, Accounts accounts) {
        this.grants = grants;
        this.accounts = accounts;
    }

    @Override
    public Optional<Identity> of(Credential credential) {
        return grants.find(credential)
                .flatMap(grant -> accounts.find(grant.userId()).filter(grant::holdsFor))
                .map(account -> new Identity(account.caller(), account.email(), credential));
    }
}

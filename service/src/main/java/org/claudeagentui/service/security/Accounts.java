package org.claudeagentui.service.security;

import jakarta.inject.Inject;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Shelf;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.wiring.Single;

import java.util.Optional;

/** The users that Strapi keeps. */
@Single
final class Accounts {
    private static final int WEIGHT = 500;

    private final Strapi strapi;
    private final Shelf<String, Optional<Account>> remembered;

    @Inject
    Accounts(Strapi strapi) {
        this.strapi = strapi;
        remembered = strapi.entries(ContentType.ACCOUNT, kept -> kept.map(Account::of), _ -> WEIGHT);
    }

    /** The user with that id as remembered; a change is seen within a second. */
    Optional<Account> find(String id) {
        return remembered.read(id).value();
    }

    /** The user with that name or e-mail address and password, unless blocked. */
    Optional<Account> signIn(String identifier, String password) {
        return strapi.signIn(identifier, password).map(Account::of);
    }

    /** Gives a user another password, if the current one is right. */
    Optional<Account> changePassword(String id, String current, String next) {
        return strapi.changePassword(id, current, next).map(Account::of);
    }
}

package org.claudeagentui.service.security;

import jakarta.inject.Inject;
import org.claudeagentui.service.wiring.Single;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * Slows down who guesses passwords: for each user and each address a few failures cost nothing, then each more doubles the time until the
 * next attempt, up to a minute. The right password has to wait as long, but a minute at most.
 */
@Single
final class Attempts {
    private static final int FREE_FOR_A_USER = 5;
    private static final int FREE_FOR_AN_ADDRESS = 20;

    private final SecurityStore store;

    @Inject
    Attempts(SecurityStore store) {
        this.store = store;
    }

    /** Counts an attempt as one that fails, unless it has to wait: then, for how many seconds. */
    OptionalInt begin(String identifier, String address) {
        if (!store.attempt(user(identifier), FREE_FOR_A_USER)) {
            return OptionalInt.of(store.wait(user(identifier), FREE_FOR_A_USER));
        }
        return store.attempt(address(address), FREE_FOR_AN_ADDRESS)
                ? OptionalInt.empty()
                : OptionalInt.of(store.wait(address(address), FREE_FOR_AN_ADDRESS));
    }

    /** The attempt that was counted has not failed. */
    void succeeded(String identifier, String address) {
        store.forgive(user(identifier));
        store.forgive(address(address));
    }

    private static String user(String identifier) {
        return RandomText.hash("user " + identifier.toLowerCase(Locale.ROOT));
    }

    private static String address(String address) {
        return RandomText.hash("address " + address);
    }
}

package org.claudeagentui.service.security;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.util.Arrays;
import java.util.Optional;

/** Users whose tokens and session cookies are their names, besides those that the service knows by itself. */
@Alternative
@Priority(1)
@Singleton
public class TestUsers implements Identities {

    /** One of them. */
    public enum User {
        /** May do everything. */
        ADMIN(Role.ADMINISTRATOR),
        /** Sees her own. */
        EVE(Role.USER),
        /** Sees his own. */
        BOB(Role.USER);

        private final Role role;

        User(Role role) {
            this.role = role;
        }

        /** What the user's programs send as Authorization. */
        public String authorization() {
            return "Bearer " + name();
        }

        /** What the user's browser sends as Cookie. */
        public String cookie() {
            return Credential.COOKIE + "=" + name();
        }

        /** As whom the service sees the user. */
        public Caller caller() {
            return new Caller("user-" + name(), name(), role);
        }
    }

    private final StoredIdentities others;

    @Inject
    TestUsers(StoredIdentities others) {
        this.others = others;
    }

    @Override
    public Optional<Identity> of(Credential credential) {
        return Arrays.stream(User.values())
                .filter(user -> RandomText.hash(user.name()).equals(credential.hash()))
                .map(user -> new Identity(user.caller(), user.name() + "@example.org", credential))
                .findFirst()
                .or(() -> others.of(credential));
    }
}

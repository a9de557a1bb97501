package org.claudeagentui.service.security;

import jakarta.enterprise.event.Event;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

class WatchedStandingTest {
    private static final Credential TOKEN = new Credential.ApiToken("hash");
    private static final Optional<Identity> EVE = Optional.of(new Identity(new Caller("u1", "Eve", Role.USER), "eve@example.org", TOKEN));

    private final Revocations revocations = new Revocations(nobodyHears());
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<Supplier<Optional<Identity>>> known = new AtomicReference<>(() -> EVE);
    private final Standing standing = new WatchedStanding(_ -> {
        looks.incrementAndGet();
        return known.get().get();
    }, revocations, TOKEN);

    @Test
    void holdsWithoutALookUntilSomethingIsRevoked() {
        for (var asked = 0; asked < 1000; asked++) {
            assertThat(standing.holds()).isTrue();
        }
        assertThat(looks).hasValue(0);

        revocations.happened();

        assertThat(standing.holds()).isTrue();
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatIsLostStaysLostHoweverOftenItIsAskedFor() {
        known.set(Optional::empty);
        revocations.happened();

        assertThat(standing.holds()).isFalse();
        assertThat(standing.holds()).isFalse();
    }

    @Test
    void holdsWhileNobodyCanBeAsked() {
        known.set(() -> {
            throw new StoreException(new IllegalStateException("away"));
        });
        revocations.happened();

        assertThat(standing.holds()).isTrue();
        known.set(Optional::empty);
        assertThat(standing.holds()).isFalse();
    }

    @SuppressWarnings("unchecked")
    private static Event<Revoked> nobodyHears() {
        return (Event<Revoked>) Proxy.newProxyInstance(Event.class.getClassLoader(), new Class<?>[]{Event.class}, (_, _, _) -> null);
    }
}

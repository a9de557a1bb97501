package org.claudeagentui.service.strapi;

import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.testing.FakeStrapi;

import java.time.Duration;

/** Makes the way to a fake of Strapi, for tests of other packages. */
public final class StrapiBefore {
    private StrapiBefore() {
    }

    /** One that remembers what it was told until it is changed on the way itself. */
    public static Strapi remembering(FakeStrapi fake) {
        var limits = new StrapiLimits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(5), Duration
                .ofSeconds(
                        1), Duration.ofMillis(100), 4, 100, 1_000_000);
        return new Strapi(StrapiClients.client(new Settings.Strapi(fake.url(), new Secret(FakeStrapi.TOKEN))), new Memory(limits,
                new Changes(
                        limits), _ -> {}));
    }
}

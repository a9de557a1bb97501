package org.claudeagentui.service.strapi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.claudeagentui.service.settings.Settings;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes the clients, with a deadline for each call, and what remembers Strapi's answers. */
@ApplicationScoped
class StrapiClients {
    private static final int CONNECT_SECONDS = 2;
    private static final int READ_SECONDS = 5;

    @Produces
    @Singleton
    StrapiLimits limits(
            @ConfigProperty(name = "strapi.fresh") Duration fresh,
            @ConfigProperty(name = "strapi.fresh-untold") Duration freshUntold,
            @ConfigProperty(name = "strapi.stale") Duration stale,
            @ConfigProperty(name = "strapi.deadline") Duration deadline,
            @ConfigProperty(name = "strapi.patience") Duration patience,
            @ConfigProperty(name = "strapi.rest") Duration rest,
            @ConfigProperty(name = "strapi.at-once") int atOnce,
            @ConfigProperty(name = "strapi.most-waiting") int mostWaiting,
            @ConfigProperty(name = "strapi.weight") long weight) {
        return new StrapiLimits(fresh, freshUntold, stale, deadline, patience, rest, atOnce, mostWaiting, weight);
    }

    @Produces
    @Singleton
    Changes changes(StrapiLimits limits) {
        return new Changes(limits);
    }

    @Produces
    @Singleton
    Strapi strapi(Settings settings, StrapiLimits limits, Changes changes, MetricRegistry registry) {
        return new Strapi(client(settings.strapi()), new Memory(limits, changes, Sources.counted(registry)));
    }

    static StrapiClient client(Settings.Strapi settings) {
        // A connection that Strapi closes while it is taken up again would lose a request or send it twice;
        // beside Strapi's own time for a request, a new connection costs nothing.
        System.setProperty("http.keepAlive", "false");
        System.setProperty("sun.net.http.retryPost", "false");
        var api = RestClientBuilder.newBuilder()
                .baseUri(settings.url())
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .register(new Authorization(settings.token()))
                .register(new FilterQuery())
                .register(new ErrorMapper())
                .build(StrapiApi.class);
        return new StrapiClient(api);
    }

    @Produces
    @Singleton
    Uploads uploads(Settings settings) {
        return new Uploads(settings.strapi().url(), settings.strapi().token());
    }

    void close(@Disposes Uploads uploads) {
        uploads.close();
    }
}

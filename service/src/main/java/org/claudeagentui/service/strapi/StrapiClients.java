package org.claudeagentui.service.strapi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.claudeagentui.service.settings.Settings;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

import java.util.concurrent.TimeUnit;

/** Makes the clients, with a deadline for each call. */
@ApplicationScoped
class StrapiClients {
    private static final int CONNECT_SECONDS = 2;
    private static final int READ_SECONDS = 5;

    @Produces
    @Singleton
    Strapi strapi(Settings settings) {
        // A connection that Strapi closes while it is taken up again would lose a request or send it twice;
        // beside Strapi's own time for a request, a new connection costs nothing.
        System.setProperty("http.keepAlive", "false");
        System.setProperty("sun.net.http.retryPost", "false");
        var api = RestClientBuilder.newBuilder()
                .baseUri(settings.strapi().url())
                .connectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .readTimeout(READ_SECONDS, TimeUnit.SECONDS)
                .register(new Authorization(settings.strapi().token()))
                .register(new ErrorMapper())
                .build(StrapiApi.class);
        return new Strapi(api);
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

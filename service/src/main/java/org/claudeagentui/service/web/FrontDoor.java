package org.claudeagentui.service.web;

import io.helidon.common.Weighted;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.openapi.OpenApiFeature;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.tracing.Tracer;
import org.claudeagentui.service.wiring.Single;

import java.util.Map;
import java.util.Set;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

/** What every request passes, whether a resource or a native route answers it. */
@Single
final class FrontDoor {
    /** Without this, pages of every origin could read the description. */
    private static final Config OPENAPI = Config.just(ConfigSources.create(Map.of("cors.enabled", "false")));

    void open(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object started, ServerCdiExtension server,
            Settings settings, Tracer tracer) {
        server.serverRoutingBuilder().addFeature(new Filters(settings.http().corsOrigins(), tracer));
        server.addFeature(OpenApiFeature.create(OPENAPI));
    }

    /** In the order in which a request passes them, and before those of Helidon's metrics, which hold back exceptions. */
    private record Filters(Set<String> corsOrigins, Tracer tracer) implements HttpFeature, Weighted {
        private static final double BEFORE_METRICS = 1_000;

        @Override
        public double weight() {
            return BEFORE_METRICS;
        }

        @Override
        public void setup(HttpRouting.Builder routing) {
            routing.addFilter(new RequestFilter(tracer))
                    .addFilter(new FramingFilter())
                    .addFilter(new AddressFilter())
                    .addFilter(new CrossOriginFilter(corsOrigins))
                    .addFilter(new AdmissionFilter())
                    .addFilter(new BodyFilter())
                    .error(Throwable.class, Problems::handle);
        }
    }
}

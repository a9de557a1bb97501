package org.claudeagentui.service.security;

import io.helidon.common.Weighted;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.claudeagentui.service.wiring.Single;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

/** Has every request be somebody's. */
@Single
final class Gate {

    void open(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object started, ServerCdiExtension server) {
        server.serverRoutingBuilder().addFeature(new Filters());
    }

    private record Filters() implements HttpFeature, Weighted {
        /** After what every request passes, and before Helidon's metrics. */
        private static final double AFTER_THE_FRONT_DOOR = 999;

        @Override
        public double weight() {
            return AFTER_THE_FRONT_DOOR;
        }

        @Override
        public void setup(HttpRouting.Builder routing) {
            routing.addFilter((chain, request, response) -> new Caller("nobody", "nobody", Role.ADMINISTRATOR).run(chain::proceed));
        }
    }
}

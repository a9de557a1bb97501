package org.claudeagentui.service.web;

import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.wiring.Single;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

/** What every request passes, whether a resource or a native route answers it. */
@Single
final class FrontDoor {

    void open(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object started, ServerCdiExtension server,
            Settings settings) {
        server.serverRoutingBuilder()
                .addFilter(new RequestFilter())
                .addFilter(new AddressFilter())
                .addFilter(new CrossOriginFilter(settings.http().corsOrigins()))
                .addFilter(new AdmissionFilter())
                .addFilter(new BodyFilter())
                .error(Throwable.class, Problems::handle);
    }
}

package org.claudeagentui.service.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.claudeagentui.service.database.Database;
import org.claudeagentui.service.settings.Settings;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import java.util.Optional;

/** What the health endpoints ask. Only readiness follows what the service depends on, so that its outage restarts nothing. */
@ApplicationScoped
class Checks {

    @Produces
    @Liveness
    HealthCheck live(Settings settings) {
        return () -> HealthCheckResponse.named("service")
                .up()
                .withData("demoMode", settings.demoMode())
                .withData("revision", settings.revision())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck strapi(Parts parts) {
        return () -> response(parts.strapi().part(), parts.strapi().complaint());
    }

    @Produces
    @Readiness
    HealthCheck database(Parts parts, Database database) {
        return () -> response(parts.database().part(),
                parts.database()
                        .complaint()
                        .or(() -> database.ready() ? Optional.empty() : Optional.of("its schema is being brought up to date")));
    }

    @Produces
    @Startup
    HealthCheck started(Parts parts, Database database) {
        return () -> response("started",
                parts.strapi()
                        .complaintBeforeFirstUp()
                        .map(complaint -> "strapi: " + complaint)
                        .or(() -> parts.database().complaintBeforeFirstUp().map(complaint -> "database: " + complaint))
                        .or(() -> database.ready() ? Optional.empty() : Optional.of("database: its schema is being brought up to date")));
    }

    private static HealthCheckResponse response(String name, Optional<String> complaint) {
        var response = HealthCheckResponse.named(name).status(complaint.isEmpty());
        complaint.ifPresent(it -> response.withData("complaint", it));
        return response.build();
    }
}

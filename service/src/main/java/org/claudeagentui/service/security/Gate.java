package org.claudeagentui.service.security;

import io.helidon.common.Weighted;
import io.helidon.microprofile.server.ServerCdiExtension;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.claudeagentui.service.web.CrossOrigin;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.web.Problems;
import org.claudeagentui.service.wiring.Single;

import java.util.regex.Pattern;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

/** Lets nobody in who doesn't show who they are, but to what is open to all. */
@Single
final class Gate {
    private final Identities identities;
    private final Revocations revocations;

    @Inject
    Gate(Identities identities, Revocations revocations) {
        this.identities = identities;
        this.revocations = revocations;
    }

    void open(@Observes @Priority(LIBRARY_BEFORE) @Initialized(ApplicationScoped.class) Object started, ServerCdiExtension server) {
        server.serverRoutingBuilder().addFeature(new Filters(new Doorkeeper(identities, revocations)));
    }

    private record Filters(Filter doorkeeper) implements HttpFeature, Weighted {
        /** After what every request passes, and before Helidon's metrics. */
        private static final double AFTER_THE_FRONT_DOOR = 999;

        @Override
        public double weight() {
            return AFTER_THE_FRONT_DOOR;
        }

        @Override
        public void setup(HttpRouting.Builder routing) {
            routing.addFilter(doorkeeper);
        }
    }

    private record Doorkeeper(Identities identities, Revocations revocations) implements Filter {
        /** Spelt out, so that no other way of writing an address leads past. */
        private static final Pattern OPEN = Pattern.compile("/health(?:/(?:live|ready|started))?|/openapi(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*");

        @Override
        public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
            if (isOpen(request)) {
                chain.proceed();
                return;
            }
            Visit visit;
            try {
                visit = visit(request);
            } catch (RuntimeException e) {
                Problems.handle(request, response, e);
                return;
            }
            visit.run(chain::proceed);
        }

        private Visit visit(RoutingRequest request) {
            var identity = Credential.of(request)
                    .flatMap(identities::of)
                    .orElseThrow(() -> new ProblemException(Problem.of("not-signed-in", 401, "Not signed in",
                            "Sign in with POST /api/session, or send an API token as Authorization: Bearer <token>.")));
            if (identity.credential() instanceof Credential.SessionCookie) {
                CrossOrigin.refuseForeignPages(request);
            }
            return new Visit(identity, new WatchedStanding(identities, revocations, identity.credential()));
        }

        private static boolean isOpen(RoutingRequest request) {
            var path = request.prologue().uriPath().rawPath();
            return OPEN.matcher(path).matches()
                    || (path.equals(SessionResource.PATH) && request.prologue().method().text().equals("POST"));
        }
    }
}

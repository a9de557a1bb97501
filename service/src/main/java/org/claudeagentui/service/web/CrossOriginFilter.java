package org.claudeagentui.service.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.util.Optional;
import java.util.Set;

/** Lets the pages of the allowed origins call the API, and keeps those of all others from changing anything. */
final class CrossOriginFilter implements Filter {
    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    private final Set<String> allowedOrigins;

    CrossOriginFilter(Set<String> allowedOrigins) {
        this.allowedOrigins = Set.copyOf(allowedOrigins);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!Paths.isApi(request)) {
            chain.proceed();
            return;
        }
        var origin = request.headers().first(HeaderNames.ORIGIN);
        var allowed = origin.filter(allowedOrigins::contains);
        response.header(HeaderNames.VARY, "Origin");
        allowed.ifPresent(it -> request.context().register(new AllowedOrigin(it)));
        AllowedOrigin.tell(request, response);
        if (isPreflight(request, origin)) {
            answerPreflight(request, response, allowed);
        } else if (allowed.isEmpty() && comesFromAnotherSite(request) && Paths.changesThings(request)) {
            Problems.send(request, response, Problem.forbidden("Pages of this origin may not call the service: add it to CORS_ORIGIN."));
        } else {
            chain.proceed();
        }
    }

    private static boolean isPreflight(RoutingRequest request, Optional<String> origin) {
        return origin.isPresent() && request.prologue().method().text().equals("OPTIONS")
                && request.headers().contains(HeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private static void answerPreflight(RoutingRequest request, RoutingResponse response, Optional<String> allowed) {
        if (allowed.isEmpty()) {
            Problems.send(request, response, Problem.forbidden("Pages of this origin may not call the service: add it to CORS_ORIGIN."));
            return;
        }
        response.status(Status.NO_CONTENT_204)
                .header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE")
                .header(HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                        "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id")
                .header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600")
                .send();
    }

    private static boolean comesFromAnotherSite(RoutingRequest request) {
        return request.headers().first(SEC_FETCH_SITE).filter("cross-site"::equals).isPresent();
    }
}

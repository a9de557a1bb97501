package org.claudeagentui.service.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;

import java.util.Set;

/** Which page a request comes from, as its browser tells. */
public final class CrossOrigin {
    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CrossOrigin() {
    }

    /**
     * Refuses a request that changes something, comes with what the browser adds by itself, and was made by a page of another origin
     * which isn't allowed. A site of the same host on another port is of another origin, although its requests bring the cookie.
     *
     * @throws ProblemException for such a request
     */
    public static void refuseForeignPages(RoutingRequest request) {
        if (Paths.changesThings(request) && isForeign(request) && request.context().get(AllowedOrigin.class).isEmpty()) {
            throw new ProblemException(Problem.forbidden("Pages of this origin may not call the service: add it to CORS_ORIGIN."));
        }
    }

    private static boolean isForeign(RoutingRequest request) {
        var told = request.headers().first(SEC_FETCH_SITE);
        return told.isPresent()
                ? told.filter(OWN::contains).isEmpty()
                : request.headers()
                        .first(HeaderNames.ORIGIN)
                        .filter(origin -> !origin.replaceFirst("^https?://", "").equals(host(request)))
                        .isPresent();
    }

    private static String host(RoutingRequest request) {
        return request.headers().first(HeaderNames.HOST).orElse("");
    }
}

package org.claudeagentui.service.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The origin of the page that made a request, where pages of that origin may. */
record AllowedOrigin(String value) {

    /** Says so in the answer, and says it again in one that takes the first one's place. */
    static void tell(ServerRequest request, ServerResponse response) {
        request.context()
                .get(AllowedOrigin.class)
                .ifPresent(origin -> response
                        .header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.value())
                        .header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "Age, Cache-Status, ETag, Location, Retry-After, X-Request-Id"));
    }
}

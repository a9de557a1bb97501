package org.claudeagentui.service.web;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.util.concurrent.Semaphore;

/** Bounds how many requests are worked on at once. Streams have a bound of their own; probes always get through. */
final class AdmissionFilter implements Filter {
    private static final int MOST_AT_ONCE = 256;

    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!Paths.isApi(request) || Paths.isStream(request)) {
            chain.proceed();
        } else if (places.tryAcquire()) {
            try {
                chain.proceed();
            } finally {
                places.release();
            }
        } else {
            Problems.send(request, response,
                    Problem.unavailable("The service already works on " + MOST_AT_ONCE + " requests: try again in a moment."));
        }
    }
}

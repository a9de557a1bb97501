package org.claudeagentui.service.web;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.net.URI;
import java.net.URISyntaxException;

/** Refuses addresses that are none, before anything tries to make sense of them. */
final class AddressFilter implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (isSound(request)) {
            chain.proceed();
        } else {
            Problems.send(request, response, Problem.badRequest(
                    "The address has to begin with a slash, and some of its characters may have to be percent-encoded."));
        }
    }

    private static boolean isSound(RoutingRequest request) {
        var query = request.prologue().query().rawValue();
        try {
            request.prologue().uriPath().validate();
            if (!request.prologue().uriPath().rawPath().startsWith("/")) {
                return false;
            }
            new URI(request.prologue().uriPath().rawPath() + (query.isEmpty() ? "" : "?" + query));
            return true;
        } catch (URISyntaxException | IllegalArgumentException e) {
            return false;
        }
    }
}

package org.claudeagentui.service.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.util.List;

/**
 * Refuses requests whose end can be understood in two ways: a proxy that understands the other one would let through, unseen, what
 * this server takes for the next request.
 */
final class FramingFilter implements Filter {

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (hasOneEnd(request.headers())) {
            chain.proceed();
            return;
        }
        Problems.send(request, response, Problem.badRequest(
                "Tell the body's length once: as Content-Length, or with Transfer-Encoding: chunked and nothing else."));
        throw new CloseConnectionException("Nobody can tell where the next request begins");
    }

    private static boolean hasOneEnd(ServerRequestHeaders headers) {
        var lengths = headers.all(HeaderNames.CONTENT_LENGTH, List::of);
        var encodings = headers.all(HeaderNames.TRANSFER_ENCODING, List::of);
        return encodings.isEmpty()
                ? lengths.size() <= 1 && lengths.stream().allMatch(length -> length.matches("[0-9]{1,18}"))
                : lengths.isEmpty() && encodings.equals(List.of("chunked"));
    }
}

package org.claudeagentui.service.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

import java.util.List;
import java.util.regex.Pattern;

/** Takes JSON bodies of a bounded size and no others, which also keeps out what a foreign page's form can send. */
final class BodyFilter implements Filter {
    private static final Pattern JSON = Pattern.compile("application/json(\\s*;\\s*[\\w-]+=([\\w.-]+|\"[\\w .-]*\"))*\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final long MOST_BYTES = 2_000_000;
    private static final long MOST_BYTES_WITH_FILES = 16_000_000;
    private static final long MOST_BYTES_TO_SKIP = 32 * MOST_BYTES;

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var most = Paths.startsRun(request) ? MOST_BYTES_WITH_FILES : MOST_BYTES;
        var tooLarge = Problem.tooLarge("A body may have " + most + " bytes at most.");
        if (!Paths.hasBody(request)) {
            chain.proceed();
        } else if (!isJson(request)) {
            Problems.send(request, response, Problem.unsupportedMediaType("Send the body as Content-Type: application/json."));
        } else if (request.headers().contentLength().orElse(0) > most) {
            Problems.send(request, response, tooLarge);
            if (request.headers().contentLength().orElse(0) > MOST_BYTES_TO_SKIP) {
                throw new CloseConnectionException("The rest of the body is not worth reading");
            }
        } else {
            request.streamFilter(body -> new BoundedInput(body, most, tooLarge));
            chain.proceed();
        }
    }

    private static boolean isJson(RoutingRequest request) {
        var types = request.headers().all(HeaderNames.CONTENT_TYPE, List::of);
        return types.size() == 1 && JSON.matcher(types.getFirst()).matches();
    }
}

package org.claudeagentui.service.web;

import io.helidon.common.mapper.MapperException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;

/** What the server says to a request that is too broken for any route. */
final class Refusals implements DirectHandler {

    private Refusals() {
    }

    static DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(type, new Refusals());
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(TransportRequest request, EventType type, Status status, ServerResponseHeaders headers,
            Throwable thrown,
            @Nullable Logger logger) {
        return refusal(request, headers, problem(status, thrown));
    }

    @Override
    public TransportResponse handle(TransportRequest request, EventType type, Status status, ServerResponseHeaders headers,
            String message) {
        return refusal(request, headers, Problems.ofStatus(status.code()));
    }

    /** Before there is a request to route, only what the client sent can have been wrong in itself. */
    private static Problem problem(Status status, Throwable thrown) {
        if (thrown.getCause() instanceof IllegalArgumentException || thrown.getCause() instanceof MapperException) {
            return Problems.ofStatus(Status.BAD_REQUEST_400.code());
        }
        return status.code() < 500 ? Problems.ofStatus(status.code()) : Problems.of(thrown);
    }

    private static TransportResponse refusal(TransportRequest request, ServerResponseHeaders headers, Problem problem) {
        var id = RequestId.of(request.headers().first(RequestId.HEADER));
        return TransportResponse.builder()
                .status(Status.create(problem.status(), problem.title()))
                .headers(headers)
                .header(RequestId.HEADER, id.value())
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .entity(problem.toJson(id.value()).toString().getBytes(StandardCharsets.UTF_8))
                .keepAlive(false)
                .build();
    }
}

package org.claudeagentui.service.web;

import io.helidon.webserver.http.ServerRequest;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import java.nio.charset.StandardCharsets;

/** Answers every exception of a resource with a problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private final ServerRequest request;

    /**
     * Made by the container.
     *
     * @param request the request that is being answered
     */
    public ProblemMapper(@Context ServerRequest request) {
        this.request = request;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        var problem = Problems.of(thrown, request.prologue().method().text());
        var body = problem.toJson(RequestId.of(request).value()).toString().getBytes(StandardCharsets.UTF_8);
        var response = Response.status(problem.status())
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body);
        return (problem.status() == 503 ? response.header(HttpHeaders.RETRY_AFTER, "2") : response).build();
    }
}

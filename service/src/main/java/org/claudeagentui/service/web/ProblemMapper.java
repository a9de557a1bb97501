package org.claudeagentui.service.web;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.claudeagentui.service.logging.LogContext;

import java.nio.charset.StandardCharsets;

/** Answers every exception of a resource with a problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    /** Made by the container. */
    public ProblemMapper() {
        // It keeps nothing.
    }

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof NotFoundException) {
            // No resource has this address, but a native route may; only an answer without a body can still be given up for it.
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        var problem = Problems.of(thrown);
        var id = LogContext.requestId().orElse("unknown");
        var response = Response.status(problem.status(), problem.title())
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(problem.toJson(id).toString().getBytes(StandardCharsets.UTF_8));
        if (problem.passes()) {
            response.header(HttpHeaders.RETRY_AFTER, Problems.RETRY_AFTER_SECONDS);
        }
        if (thrown instanceof NotAllowedException refused) {
            response.header(HttpHeaders.ALLOW, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return response.build();
    }
}

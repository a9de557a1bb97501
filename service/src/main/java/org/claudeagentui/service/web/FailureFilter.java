package org.claudeagentui.service.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.claudeagentui.service.logging.LogContext;

import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;

/** Says what is wrong where Jersey refuses a request by a bare status: one with a header that it can't read, for one. */
@Provider
public class FailureFilter implements ContainerResponseFilter {
    private static final MediaType PROBLEM = MediaType.valueOf(Problem.MEDIA_TYPE);

    /** Made by the container. */
    public FailureFilter() {
        // It keeps nothing.
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (isBare(response)) {
            var problem = Problems.ofStatus(response.getStatus());
            response.setEntity(problem.toJson(LogContext.requestId().orElse("unknown")).toString().getBytes(StandardCharsets.UTF_8),
                    new Annotation[0], PROBLEM);
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    /** A 404 without a body may still find its native route. */
    private static boolean isBare(ContainerResponseContext response) {
        return response.getStatus() >= 400 && response.getStatus() != 404 && !PROBLEM.equals(response.getMediaType());
    }
}

package org.claudeagentui.service.strapi;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;

import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.tracing.HttpSpans;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.TraceContext;

/** Shows the service's token to Strapi, and the trace that a request belongs to; what came of the request is told there. */
final class Authorization implements ClientRequestFilter, ClientResponseFilter {
    private final String value;

    Authorization(Secret token) {
        this.value = "Bearer " + token.value();
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value);
        Span.current().ifPresent(span -> {
            HttpSpans.asks(span, request.getMethod(), request.getUri());
            request.getHeaders().putSingle(TraceContext.HEADER, span.context().header());
        });
    }

    @Override
    public void filter(ClientRequestContext request, ClientResponseContext response) {
        Span.current().ifPresent(span -> HttpSpans.answered(span, response.getStatus()));
    }
}

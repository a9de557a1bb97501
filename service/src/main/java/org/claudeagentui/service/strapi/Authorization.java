package org.claudeagentui.service.strapi;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

import org.claudeagentui.service.settings.Secret;
import org.claudeagentui.service.web.TraceContext;

/** Shows the service's token to Strapi, and the trace that a request belongs to. */
final class Authorization implements ClientRequestFilter {
    private final String value;

    Authorization(Secret token) {
        this.value = "Bearer " + token.value();
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value);
        TraceContext.current().ifPresent(trace -> request.getHeaders().putSingle(TraceContext.HEADER, trace.next().header()));
    }
}

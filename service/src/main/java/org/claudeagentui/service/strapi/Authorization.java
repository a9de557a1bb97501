package org.claudeagentui.service.strapi;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

import org.claudeagentui.service.settings.Secret;

/** Shows the service's token to Strapi. */
final class Authorization implements ClientRequestFilter {
    private final String value;

    Authorization(Secret token) {
        this.value = "Bearer " + token.value();
    }

    @Override
    public void filter(ClientRequestContext request) {
        request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, value);
    }
}

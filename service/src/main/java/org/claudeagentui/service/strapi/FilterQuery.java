package org.claudeagentui.service.strapi;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Adds the filters of a list to a request's query: their parameters have names that the client's interface can't know. */
final class FilterQuery implements ClientRequestFilter {
    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    /** Asks with filters, each a value and the path of what has to have it. */
    static <T> T with(Map<String, String> filters, Supplier<T> request) {
        var query = filters.entrySet()
                .stream()
                .map(filter -> "&filters%5B" + filter.getKey().replace(".", "%5D%5B") + "%5D%5B%24eq%5D=" + encoded(filter.getValue()))
                .collect(Collectors.joining());
        return ScopedValue.where(CURRENT, query).call(request::get);
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (CURRENT.isBound() && !CURRENT.get().isEmpty()) {
            request.setUri(URI.create(request.getUri() + CURRENT.get()));
        }
    }

    /** Percent-encodes all that isn't plain, spaces too. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package org.claudeagentui.service.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id under which a request is found in the log: the client's own, where it is a sane one. */
record RequestId(String value) {
    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    static RequestId of(Optional<String> fromClient) {
        return new RequestId(fromClient.filter(id -> SANE.matcher(id).matches()).orElseGet(() -> UUID.randomUUID().toString()));
    }

    static RequestId of(ServerRequest request) {
        return request.context().get(RequestId.class).orElseGet(() -> {
            var id = of(request.headers().first(HEADER));
            request.context().register(id);
            return id;
        });
    }
}

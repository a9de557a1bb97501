package org.claudeagentui.service.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.RoutingRequest;

/** What a request is for, as far as it shows from outside. */
final class Paths {
    private Paths() {
    }

    static boolean isApi(RoutingRequest request) {
        return request.prologue().uriPath().rawPath().startsWith("/api/");
    }

    static boolean isProbe(RoutingRequest request) {
        var path = request.prologue().uriPath().rawPath();
        return path.equals("/health") || path.startsWith("/health/");
    }

    static boolean isStream(RoutingRequest request) {
        var path = request.prologue().uriPath().rawPath();
        return isApi(request) && (path.endsWith("/events") || path.endsWith("/execute") || isTurn(request));
    }

    /** Whether it asks for a run, to which files may be attached. */
    static boolean startsRun(RoutingRequest request) {
        var path = request.prologue().uriPath().rawPath();
        return path.equals("/api/runs") || (path.startsWith("/api/agents/") && path.endsWith("/execute")) || isTurn(request);
    }

    /** Whether it brings a chat's next message. */
    private static boolean isTurn(RoutingRequest request) {
        var path = request.prologue().uriPath().rawPath();
        return path.startsWith("/api/chats/") && path.endsWith("/messages") && request.prologue().method().text().equals("POST");
    }

    static boolean changesThings(RoutingRequest request) {
        return switch (request.prologue().method().text()) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
            default -> true;
        };
    }

    static boolean hasBody(RoutingRequest request) {
        var headers = request.headers();
        return headers.contains(HeaderNames.TRANSFER_ENCODING)
                || (headers.contains(HeaderNames.CONTENT_LENGTH) && !headers.contains(HeaderValues.CONTENT_LENGTH_ZERO));
    }
}

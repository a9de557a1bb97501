package org.claudeagentui.service.tracing;

import java.net.URI;
import java.util.regex.Pattern;

/** What is told of steps that are requests over HTTP: never a query, a header or a body. */
public final class HttpSpans {
    private static final Pattern ID = Pattern.compile("(?<=/)([0-9]+|[a-z0-9]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)");
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private HttpSpans() {
    }

    /** A request was made to somebody. */
    public static void asks(Span span, String method, URI url) {
        span.named(method + " " + template(url.getRawPath()))
                .with("http.request.method", method)
                .with("url.full", url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath());
        addressed(span, url);
    }

    /** Whom a request is made to. */
    public static void addressed(Span span, URI url) {
        span.with("server.address", url.getHost()).with("server.port", url.getPort() >= 0 ? url.getPort() : defaultPort(url));
    }

    /** It was answered. */
    public static void answered(Span span, int status) {
        span.with("http.response.status_code", status);
        if (status >= CLIENT_ERROR) {
            span.failed("" + status);
        }
    }

    /** A request was answered here. */
    public static void answers(Span span, String method, String path, int status) {
        span.with("http.request.method", method)
                .with("url.path", path)
                .with("url.scheme", "http")
                .with("http.response.status_code", status);
        // Paths that lead nowhere are as many as people try.
        if (status < CLIENT_ERROR || status >= SERVER_ERROR) {
            span.named(method + " " + template(path)).with("http.route", template(path));
        } else {
            span.named(method);
        }
        if (status >= SERVER_ERROR) {
            span.failed("" + status);
        }
    }

    private static String template(String path) {
        return ID.matcher(path).replaceAll("{id}");
    }

    private static int defaultPort(URI url) {
        return "https".equals(url.getScheme()) ? HTTPS : HTTP;
    }
}

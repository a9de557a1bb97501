package org.claudeagentui.acceptance.standin.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request, read to its last byte. Header names are in lower case; repeated headers are joined with a comma. */
public final class HttpRequest {
    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean secure;
    private final boolean lastOfConnection;
    private final long arrivedAt;

    HttpRequest(RequestHead head, byte[] body, boolean secure, long arrivedAt) {
        this.method = head.method();
        this.path = head.path();
        this.query = head.query();
        this.headers = head.headers();
        this.lastOfConnection = head.lastOfConnection();
        this.body = body;
        this.secure = secure;
        this.arrivedAt = arrivedAt;
    }

    public String method() {
        return method;
    }

    /** The path, percent-decoded and without the query. */
    public String path() {
        return path;
    }

    /** The query's parameters, percent-decoded; of a repeated one the last. */
    public Map<String, String> query() {
        return query;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body's bytes; the array is shared and must not be changed. */
    public byte[] body() {
        return body;
    }

    /** Whether it came over TLS. */
    public boolean secure() {
        return secure;
    }

    /** When its last byte was read, in nanoseconds since 1970. */
    public long arrivedAt() {
        return arrivedAt;
    }

    boolean lastOfConnection() {
        return lastOfConnection;
    }
}

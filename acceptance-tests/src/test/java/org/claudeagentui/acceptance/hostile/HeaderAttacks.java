package org.claudeagentui.acceptance.hostile;

import java.util.List;

/** What can be wrong with a method and with headers. */
final class HeaderAttacks {
    private static final List<String> METHODS = List.of("TRACE", "OPTIONS", "HEAD", "PROPFIND", "CONNECT", "BREW", "get", "GETT", "PUT",
            "PATCH", "POST", "LINK",
            "G".repeat(3_000), "GET/", "M-SEARCH", "PRI", "X", "LOCK", "\u0001", "GET\u0000", "P\u00d6ST", "SEARCH", "QUERY");
    private static final List<String> VALUES = List.of("", " ", "0", "-1", "x", "99999999999999999999", "1.5", "null", "\"", "*", "\u0000",
            "\u00ff", "a".repeat(4_000), ",",
            ";", "=", "\"x\"", "W/\"x\"", "W/", "bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-1,2-3,4-", "lines=1-2", "100-continue",
            "200-ok", "text/event-stream",
            "text/html", "application/xml;q=0", "*/*;q=x", "/", "a/b/c", "gzip", "identity;q=0, *;q=0", "nonsense", "00-0-0-0", "00-" + "0"
                    .repeat(32) + "-" + "0".repeat(16) + "-00",
            "ff-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01", "Bearer", "Basic !!!", "Basic Og==", "Bearer " + "x".repeat(2_000),
            "h2c", "websocket", "close, keep-alive", "Upgrade",
            "Thu, 01 Jan 1970 00:00:00 GMT", "not a date", "evil.example", "http://evil.example", "null, null", "127.0.0.1, evil", "a=b; c",
            "cross-site", "de-\u00e4");
    private static final List<String> NAMES = List.of("Last-Event-ID", "If-Match", "If-None-Match", "If-Modified-Since", "If-Range",
            "Idempotency-Key", "Accept", "Accept-Encoding",
            "Accept-Charset", "Accept-Language", "Range", "Expect", "X-Request-Id", "Origin", "Referer", "traceparent", "tracestate",
            "Cookie", "Authorization", "Upgrade", "Connection",
            "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Original-URL",
            "X-Real-IP", "Sec-Fetch-Site", "TE", "Trailer",
            "Keep-Alive", "Proxy-Connection", "Access-Control-Request-Method", "Access-Control-Request-Headers", "Content-Encoding",
            "Content-Range", "HTTP2-Settings", "Max-Forwards", "Via",
            "User-Agent", "Date", "Host");
    private static final List<String> LINES = List.of("NoColon", ": no name", "Space : before", " folded: line", "Na me: x", "X-\u0000: x",
            "X: a\u0000b", "X: a\rb", "X-\u00e4: x", "X", ":", "Host: a",
            "Content-Length: 0", "X: " + "y".repeat(9_000), "X: " + "y".repeat(20_000), "X: " + "y".repeat(100_000), "X{}: 1", "X\t: 1",
            "X: 1\nY: 2", "X: 1\n\nGET / HTTP/1.1", "Connection: X, Host");

    private HeaderAttacks() {
    }

    static void method(Draft draft, Dice dice) {
        draft.method(dice.one(METHODS));
        if (dice.once(3)) {
            draft.target(dice.one(List.of("*", "/", draft.target() + "?a=b")));
        }
    }

    static void values(Draft draft, Dice dice) {
        for (int times = dice.between(1, 3); times > 0; times--) {
            String name = dice.one(NAMES);
            if (!dice.once(5)) {
                draft.without(name);
            }
            draft.header(name + ": " + dice.one(VALUES));
        }
    }

    static void syntax(Draft draft, Dice dice) {
        if (dice.once(6)) {
            draft.without("Host");
        } else if (dice.once(8)) {
            for (int count = dice.one(List.of(50, 120, 1_500)); count > 0; count--) {
                draft.header("X-" + count + ": " + count);
            }
        } else {
            draft.header(dice.one(LINES));
        }
    }
}

package org.claudeagentui.acceptance.standin.http;

import java.time.Duration;

/**
 * Bounds of a server.
 *
 * @param connections how many may be open at once; one more is answered 503 and closed
 * @param headBytes the longest request line and headers together
 * @param bodyBytes the longest request body
 * @param request how long a request may take to arrive, and a TLS handshake to end
 * @param idle how long a kept-alive connection may wait for its next request
 * @param exchange how long an answer may take
 */
public record HttpLimits(int connections, int headBytes, int bodyBytes, Duration request, Duration idle, Duration exchange) {
    /** Limits that fit a heap of 64 MB. */
    public static HttpLimits standard() {
        return new HttpLimits(1024, 64 * 1024, 2 * 1024 * 1024, Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(15));
    }
}

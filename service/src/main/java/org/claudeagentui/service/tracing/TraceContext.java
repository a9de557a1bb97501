package org.claudeagentui.service.tracing;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where in a trace a step stands, as <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> passes it on, from the browser to
 * Strapi and the model.
 *
 * @param traceId names the trace: 32 hexadecimal digits, not all zero
 * @param spanId names the step: 16 hexadecimal digits, not all zero
 * @param flags whether it is recorded, and what later versions say: two hexadecimal digits
 */
public record TraceContext(String traceId, String spanId, String flags) {
    /** The header that it comes and goes in. */
    public static final String HEADER = "traceparent";

    private static final Pattern PARENT = Pattern.compile(
            "(?!ff)(?<version>[0-9a-f]{2})-(?!0{32})(?<trace>[0-9a-f]{32})-(?!0{16})(?<span>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final String SAMPLED = "01";
    private static final int SAMPLED_BIT = 1;
    private static final int HEXADECIMAL = 16;

    /** What a header says; nothing where it is none. */
    public static Optional<TraceContext> parse(String header) {
        var match = PARENT.matcher(header);
        return match.matches() && (match.group("more") == null || !match.group("version").equals("00"))
                ? Optional.of(new TraceContext(match.group("trace"), match.group("span"), match.group("flags")))
                : Optional.empty();
    }

    /** A trace that begins here. */
    static TraceContext begin() {
        return new TraceContext(random(TRACE_BYTES), random(SPAN_BYTES), SAMPLED);
    }

    /** The next step of the trace. */
    TraceContext next() {
        return new TraceContext(traceId, random(SPAN_BYTES), flags);
    }

    /** Whether whoever began the trace has it recorded. */
    boolean sampled() {
        return (Integer.parseInt(flags, HEXADECIMAL) & SAMPLED_BIT) != 0;
    }

    /** The header's text. */
    public String header() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    private static String random(int bytes) {
        var id = new byte[bytes];
        RANDOM.nextBytes(id);
        // All zero means that there is none.
        id[0] |= 1;
        return HexFormat.of().formatHex(id);
    }
}

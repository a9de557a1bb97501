package org.claudeagentui.service.web;

import org.claudeagentui.service.logging.LogContext;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The trace that work belongs to, from the browser to Strapi and the model, as
 * <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a> passes it on.
 *
 * @param traceId names the trace: 32 hexadecimal digits, not all zero
 * @param spanId names the step of it that this is: 16 hexadecimal digits, not all zero
 * @param flags whether it is recorded, and what later versions say: two hexadecimal digits
 */
public record TraceContext(String traceId, String spanId, String flags) {
    /** The header that it comes and goes in. */
    public static final String HEADER = "traceparent";

    private static final ScopedValue<TraceContext> CURRENT = ScopedValue.newInstance();
    private static final Pattern PARENT = Pattern.compile(
            "(?!ff)(?<version>[0-9a-f]{2})-(?!0{32})(?<trace>[0-9a-f]{32})-(?!0{16})(?<span>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-.*)?");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final String SAMPLED = "01";

    /** What a header says; nothing where it is none. */
    public static Optional<TraceContext> parse(String header) {
        var match = PARENT.matcher(header);
        return match.matches() && (match.group("more") == null || !match.group("version").equals("00"))
                ? Optional.of(new TraceContext(match.group("trace"), match.group("span"), match.group("flags")))
                : Optional.empty();
    }

    /** A trace that begins here. */
    public static TraceContext begin() {
        return new TraceContext(random(TRACE_BYTES), random(SPAN_BYTES), SAMPLED);
    }

    /** The trace that this thread's work belongs to, if it is known. */
    public static Optional<TraceContext> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Work for another thread that belongs to the same trace as this one's. */
    public static Runnable continuing(Runnable work) {
        return current().<Runnable>map(trace -> () -> trace.run(work)).orElse(work);
    }

    /** The next step of the trace. */
    public TraceContext next() {
        return new TraceContext(traceId, random(SPAN_BYTES), flags);
    }

    /** Does work that belongs to it; its id stands in each line that is logged meanwhile. */
    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(() -> LogContext.withTrace(traceId, work));
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

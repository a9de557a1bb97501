package org.claudeagentui.service.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import org.claudeagentui.service.logging.LogContext;
import org.claudeagentui.service.tracing.HttpSpans;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.TraceContext;
import org.claudeagentui.service.tracing.Tracer;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Gives each request its id, in the log and in the answer, and its step in a trace, and tells both what became of it. */
final class RequestFilter implements Filter {
    private static final HeaderName TRACE_PARENT = HeaderNames.create(TraceContext.HEADER);
    private static final Logger LOGGER = System.getLogger("org.claudeagentui.service.requests");

    private final Tracer tracer;

    RequestFilter(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var id = RequestId.of(request);
        response.header(RequestId.HEADER, id.value());
        var span = begun(request);
        span.run(() -> LogContext.withRequest(id.value(), () -> {
            var start = System.nanoTime();
            try {
                chain.proceed();
            } finally {
                log(request, response, start);
                end(span, request, response);
            }
        }));
        endConnectionIfAsked(request);
        letOthersCome();
    }

    /** Probes come every second or so, and are part of nothing. */
    private Span begun(RoutingRequest request) {
        var parent = request.headers().first(TRACE_PARENT).flatMap(TraceContext::parse);
        return (Paths.isProbe(request) ? Tracer.OFF : tracer).begin("HTTP", Span.Kind.SERVER, parent);
    }

    private static void end(Span span, RoutingRequest request, RoutingResponse response) {
        HttpSpans.answers(span, request.prologue().method().text(), request.prologue().uriPath().rawPath(), response.status().code());
        span.end();
    }

    private static void log(RoutingRequest request, RoutingResponse response, long start) {
        LOGGER.log(level(request, response), () -> "%s %s %d in %d ms".formatted(request.prologue().method().text(),
                request.prologue().uriPath().rawPath(), response.status().code(),
                Duration.ofNanos(System.nanoTime() - start).toMillis()));
    }

    /** Virtual threads keep a processor until they wait: a client whose next request has come by now would keep others' first ones waiting. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void letOthersCome() {
        Thread.yield();
    }

    /**
     * The server announces the end of the connection where the client asks for it, but leaves the ending to us, and would take what is left
     * of a body for the next request.
     */
    private static void endConnectionIfAsked(RoutingRequest request) {
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            skipBody(request);
            throw new CloseConnectionException("The client asked for it");
        }
    }

    /** Who closes a connection on which there is more to read may take the answer from the client. */
    private static void skipBody(RoutingRequest request) {
        try {
            if (Paths.hasBody(request) && !request.content().consumed()) {
                request.content().consume();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.DEBUG, "The rest of a body could not be read", e);
        }
    }

    /** Probes come every second or so: they would drown the rest. */
    private static Level level(RoutingRequest request, RoutingResponse response) {
        return Paths.isApi(request) || (response.status().code() >= 500 && !Paths.isProbe(request)) ? Level.INFO : Level.DEBUG;
    }
}

package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.http.HttpHandler;
import org.claudeagentui.acceptance.standin.http.HttpLimits;
import org.claudeagentui.acceptance.standin.http.HttpServer;
import org.claudeagentui.acceptance.standin.http.Tls;

import java.io.IOException;
import java.util.Optional;

/**
 * The running stand-in: the Messages API under {@code /v1/}, an MCP server at {@code /mcp}, a collector of traces at
 * {@code /v1/traces} and the control of all under {@code /_standin/}, on every port alike.
 */
public final class StandIn implements AutoCloseable {
    private final HttpServer plain;
    private final Optional<HttpServer> secure;

    private StandIn(HttpServer plain, Optional<HttpServer> secure) {
        this.plain = plain;
        this.secure = secure;
    }

    /**
     * Starts on a port for HTTP; 0 picks a free one.
     *
     * @throws IOException when the port can't be bound
     */
    public static StandIn start(int port) throws IOException {
        return new StandIn(HttpServer.start(port, Optional.empty(), handler(Optional.empty()), HttpLimits.standard()), Optional.empty());
    }

    /**
     * Starts on a port for HTTP and one for HTTPS; 0 picks a free one.
     *
     * @throws IOException when a port can't be bound
     */
    public static StandIn start(int port, int securePort, Tls tls) throws IOException {
        HttpHandler handler = handler(Optional.of(tls));
        HttpServer plain = HttpServer.start(port, Optional.empty(), handler, HttpLimits.standard());
        try {
            return new StandIn(plain, Optional.of(HttpServer.start(securePort, Optional.of(tls), handler, HttpLimits.standard())));
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static HttpHandler handler(Optional<Tls> tls) {
        Scripts scripts = new Scripts();
        Journal journal = new Journal();
        MessagesApi messages = new MessagesApi(scripts, journal);
        ToolCalls calls = new ToolCalls();
        Traces traces = new Traces();
        McpApi mcp = new McpApi(calls);
        ControlApi control = new ControlApi(scripts, journal, calls, traces, tls.map(Tls::faults));
        return exchange -> {
            String path = exchange.request().path();
            if (path.startsWith(ControlApi.PREFIX)) {
                control.handle(exchange);
            } else if (path.equals(McpApi.PATH)) {
                mcp.handle(exchange);
            } else if (path.equals(Traces.PATH)) {
                traces.handle(exchange);
            } else {
                messages.handle(exchange);
            }
        };
    }

    /** The port for HTTP. */
    public int port() {
        return plain.port();
    }

    /** The port for HTTPS, if there is one. */
    public Optional<Integer> securePort() {
        return secure.map(HttpServer::port);
    }

    /** Closes the ports and every connection. */
    @Override
    public void close() throws IOException {
        try (plain) {
            if (secure.isPresent()) {
                secure.get().close();
            }
        }
    }
}

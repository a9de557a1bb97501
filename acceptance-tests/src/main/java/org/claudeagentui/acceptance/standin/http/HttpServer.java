package org.claudeagentui.acceptance.standin.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Listens on one port and serves each connection on virtual threads. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HttpServer.class.getName());
    private static final int BACKLOG = 512;

    private final ServerSocket listener;
    private final Optional<Tls> tls;
    private final HttpHandler handler;
    private final HttpLimits limits;
    private final ScheduledThreadPoolExecutor timers;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    private HttpServer(ServerSocket listener, Optional<Tls> tls, HttpHandler handler, HttpLimits limits) {
        this.listener = listener;
        this.tls = tls;
        this.handler = handler;
        this.limits = limits;
        this.timers = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("deadlines").factory());
        this.timers.setRemoveOnCancelPolicy(true);
    }

    /**
     * Binds the port (0 picks a free one) and starts to serve.
     *
     * @param tls present when the port speaks TLS
     * @throws IOException when the port can't be bound
     */
    public static HttpServer start(int port, Optional<Tls> tls, HttpHandler handler, HttpLimits limits) throws IOException {
        ServerSocket listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(port), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException("Port " + port + " can't be bound: " + e.getMessage(), e);
        }
        HttpServer server = new HttpServer(listener, tls, handler, limits);
        Thread.ofPlatform().name("accept-" + server.port()).start(server::accept);
        return server;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    /** Closes the port and every connection. */
    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(Connection::reset);
        timers.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.log(Level.WARNING, "A connection could not be accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        boolean full = open.size() >= limits.connections();
        Connection connection = new Connection(socket, tls, handler, limits, timers);
        open.add(connection);
        Thread.ofVirtual().name("connection-" + socket.getPort()).start(() -> {
            try {
                connection.serve(full);
            } finally {
                open.remove(connection);
            }
        });
    }
}

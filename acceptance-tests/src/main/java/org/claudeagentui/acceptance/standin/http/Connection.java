package org.claudeagentui.acceptance.standin.http;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One client's connection. Its thread reads; each answer is written by another, so that a client's leaving is seen the moment it
 * happens and not at the next write.
 */
final class Connection {
    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final byte[] NOT_TLS = "This is no TLS record.\r\n".getBytes(US_ASCII);
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final int LINGER_BYTES = 8 * 1024 * 1024;

    private final Socket raw;
    private final Optional<Tls> tls;
    private final HttpHandler handler;
    private final HttpLimits limits;
    private final Deadline deadline;
    private volatile boolean closing;

    Connection(Socket raw, Optional<Tls> tls, HttpHandler handler, HttpLimits limits, ScheduledExecutorService timers) {
        this.raw = raw;
        this.tls = tls;
        this.handler = handler;
        this.limits = limits;
        this.deadline = new Deadline(timers, this::reset);
    }

    void serve(boolean full) {
        try (raw) {
            raw.setTcpNoDelay(true);
            deadline.arm(limits.request());
            if (tls.isEmpty()) {
                serve(raw, full);
            } else {
                serveTls(tls.get(), full);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "A connection ended: " + e);
        } finally {
            deadline.disarm();
        }
    }

    /** Ends the connection with a TCP reset: what is still unsent is lost, and the client gets an error. */
    void reset() {
        closing = true;
        try {
            raw.setSoLinger(true, 0);
            raw.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "A connection was already gone: " + e);
        }
    }

    /** Ends the connection in the middle of whatever it was saying, over TLS without the closing alert too. */
    void close() {
        closing = true;
        try {
            raw.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, () -> "A connection was already gone: " + e);
        }
    }

    boolean closing() {
        return closing;
    }

    private void serveTls(Tls settings, boolean full) throws IOException {
        Optional<HandshakeFault> fault = settings.faults().next();
        if (fault.isPresent()) {
            suffer(fault.get());
            return;
        }
        try (SSLSocket secure = (SSLSocket) settings.context().getSocketFactory().createSocket(raw, null, raw.getPort(), true)) {
            secure.setUseClientMode(false);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setApplicationProtocols(new String[]{"http/1.1"});
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            serve(secure, full);
        }
    }

    private void suffer(HandshakeFault fault) throws IOException {
        switch (fault) {
            case STALL -> {
                deadline.arm(limits.exchange());
                raw.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            case RESET -> reset();
            case GARBAGE -> raw.getOutputStream().write(NOT_TLS);
        }
    }

    private void serve(Socket socket, boolean full) throws IOException {
        RequestReader reader = new RequestReader(socket.getInputStream(), limits, socket instanceof SSLSocket);
        OutputStream out = socket.getOutputStream();
        try {
            if (full) {
                throw new MalformedRequestException(503, "More than " + limits.connections() + " connections are open");
            }
            boolean more = true;
            while (more) {
                Optional<HttpRequest> request = reader.next(() -> {
                    out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII));
                    out.flush();
                });
                more = request.isPresent() && answer(request.get(), reader, socket);
            }
        } catch (MalformedRequestException e) {
            refuse(e, socket);
        }
    }

    private boolean answer(HttpRequest request, RequestReader reader, Socket socket) throws IOException {
        deadline.arm(limits.exchange());
        Exchange exchange = new Exchange(request, this, new ResponseWriter(socket.getOutputStream()));
        Thread writer = Thread.ofVirtual().name("answer-" + raw.getPort()).start(() -> write(exchange, socket));
        try {
            boolean present;
            try {
                present = reader.hasNext();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, () -> "A client left: " + e);
                present = false;
            }
            if (!present) {
                exchange.hangUp();
            }
            writer.join();
            return present && !closing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
            return false;
        }
    }

    private void write(Exchange exchange, Socket socket) {
        try {
            handler.handle(exchange);
            exchange.finish();
            deadline.arm(limits.idle());
            if (exchange.request().lastOfConnection() && !closing) {
                closing = true;
                socket.close();
            }
        } catch (HungUpException e) {
            LOG.log(Level.DEBUG, e::getMessage);
            close();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, () -> "An answer could not be written: " + e);
            exchange.hangUp();
            close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "An answer failed: " + exchange.request().method() + " " + exchange.request().path(), e);
            reset();
        }
    }

    private void refuse(MalformedRequestException refusal, Socket socket) throws IOException {
        deadline.arm(LINGER);
        byte[] body = (refusal.getMessage() + "\n").getBytes(UTF_8);
        new ResponseWriter(socket.getOutputStream()).whole(refusal.status(),
                Map.of("content-type", "text/plain; charset=utf-8", "connection", "close"), body);
        closing = true;
        // Closing on unread bytes would reset the connection and take the answer with it.
        socket.shutdownOutput();
        socket.getInputStream().skipNBytes(LINGER_BYTES);
    }
}

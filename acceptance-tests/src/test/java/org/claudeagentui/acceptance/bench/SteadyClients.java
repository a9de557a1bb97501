package org.claudeagentui.acceptance.bench;

import org.claudeagentui.acceptance.stack.Keys;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/**
 * Asks a server at a steady rate, whether it keeps up or not: a request that is sent late, since all connections wait for answers, is
 * counted from when it was due.
 */
final class SteadyClients {
    /** No answer within the patience, or a connection that broke. */
    static final int NONE = 0;

    private static final int PORT = 3001;
    private static final int CONNECTION_TIMEOUT = 5_000;

    private final String address;
    private final int rate;
    private final int connections;
    private final Duration patience;
    private final LongFunction<String> path;
    private final String authorization;

    SteadyClients(String address, int rate, int connections, Duration patience, LongFunction<String> path) {
        this.address = address;
        this.rate = rate;
        this.connections = connections;
        this.patience = patience;
        this.path = path;
        this.authorization = Keys.headerLine(address + ":" + PORT);
    }

    /**
     * What became of a request.
     *
     * @param due when it was to be sent, as nanoseconds of the system's timer
     * @param milliseconds from then to the end of the answer
     * @param status the answer's, {@link #NONE} without one
     * @param stale whether the answer said that it is too old
     */
    record Outcome(long due, double milliseconds, int status, boolean stale) {}

    /** Asks for that long; ends when the last request has its answer. */
    List<Outcome> ask(Duration length) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long all = rate * length.toSeconds();
        AtomicLong next = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<List<Outcome>> client = () -> client(start, all, next);
            List<Future<List<Outcome>>> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                clients.add(threads.submit(client));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<List<Outcome>> each : clients) {
                outcomes.addAll(each.get());
            }
            return outcomes;
        }
    }

    private List<Outcome> client(long start, long all, AtomicLong next) {
        List<Outcome> outcomes = new ArrayList<>();
        Connection connection = new Connection();
        try {
            for (long number = next.getAndIncrement(); number < all; number = next.getAndIncrement()) {
                long due = start + number * 1_000_000_000 / rate;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                outcomes.add(connection.ask(due, path.apply(number)));
            }
        } finally {
            connection.close();
        }
        return outcomes;
    }

    /** One connection, made anew when it has failed. */
    private final class Connection {
        private Socket socket = new Socket();
        private InputStream input = InputStream.nullInputStream();

        Outcome ask(long due, String path) {
            int status = NONE;
            boolean stale = false;
            try {
                connectIfNeeded();
                socket.getOutputStream()
                        .write("GET %s HTTP/1.1\r\nHost: bench\r\n%s\r\n".formatted(path, authorization)
                                .getBytes(StandardCharsets.US_ASCII));
                String head = head();
                input.skipNBytes(length(head));
                status = Integer.parseInt(head.substring(9, 12));
                stale = head.contains("\ncache-status:");
            } catch (IOException | RuntimeException e) {
                close();
            }
            return new Outcome(due, (System.nanoTime() - due) / 1e6, status, stale);
        }

        private void connectIfNeeded() throws IOException {
            if (!socket.isConnected() || socket.isClosed()) {
                socket = new Socket();
                socket.setTcpNoDelay(true);
                socket.setSoTimeout((int) patience.toMillis());
                socket.connect(new InetSocketAddress(address, PORT), CONNECTION_TIMEOUT);
                input = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            }
        }

        private String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
                int read = input.read();
                if (read < 0) {
                    throw new IOException("The connection was closed");
                }
                head.append((char) read);
            }
            return head.toString().toLowerCase(Locale.ROOT);
        }

        private static long length(String head) {
            int at = head.indexOf("\ncontent-length:");
            if (at < 0) {
                throw new IllegalStateException("An answer without a length: " + head);
            }
            return Long.parseLong(head.substring(at + 16, head.indexOf('\r', at)).strip());
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package org.claudeagentui.service.claude;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A model API on a socket of its own, which plays to each connection the next script it was given. */
public final class FakeModel implements AutoCloseable {

    private final ServerSocket server;
    private final Queue<Script> scripts = new ArrayDeque<>();
    private final BlockingQueue<FakeModelCall> calls = new LinkedBlockingQueue<>();

    /** What is to be done with one request. */
    public interface Script {
        void play(FakeModelCall call) throws IOException, InterruptedException;
    }

    private FakeModel(ServerSocket server) {
        this.server = server;
    }

    public static FakeModel start() throws IOException {
        return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** Listens on a socket of that kind, which need not be bound to a certain port. */
    static FakeModel start(ServerSocket server) {
        var model = new FakeModel(server);
        Thread.ofVirtual().start(model::accept);
        return model;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Plays this to the next request that has no script yet. */
    public void will(Script script) {
        synchronized (scripts) {
            scripts.add(script);
        }
    }

    /** The next request, once its head and body have come. */
    public FakeModelCall nextCall() throws InterruptedException {
        FakeModelCall call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("the model was not asked within 10 s");
        }
        return call;
    }

    /** How many requests came and were not looked at. */
    public int callsLeft() {
        return calls.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            FakeModelCall call;
            do {
                call = FakeModelCall.read(socket);
                calls.add(call);
                next().play(call);
            } while (call.mayBeFollowed());
        } catch (IOException e) {
            // The client hung up in the middle: what the call noticed of it is what tests ask for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Script next() {
        synchronized (scripts) {
            Script script = scripts.poll();
            return script == null ? call -> call.status(500, "{\"error\":{\"message\":\"no script\"}}") : script;
        }
    }
}

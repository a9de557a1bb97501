package org.claudeagentui.service.tools;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import reactor.core.publisher.Mono;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A server that is a program, spoken to by its standard input and output, a line a message. The library's own link would
 * hand the service's environment on, and leave calls waiting when the program ends.
 */
final class ProgramLink implements ServerLink, McpClientTransport {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int LONGEST_MESSAGE = 8 << 20;
    /** More than is told of it, so that no secret is cut in two before it is taken out. */
    private static final int LONGEST_COMPLAINT = 8 << 10;
    private static final long SECONDS_TO_END = 2;

    private final ToolServer.Program program;
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();
    private final StringBuilder complaint = new StringBuilder();
    private Consumer<Throwable> broken = _ -> {};
    private Optional<Process> process = Optional.empty();
    private boolean cut;

    ProgramLink(ToolServer.Program program) {
        this.program = program;
    }

    @Override
    public McpClientTransport transport() {
        return this;
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        // The library asks for this to begin anew with a server that forgot it, which a program can't.
    }

    /** Whom to tell when the program has ended by itself, or speaks no MCP. */
    void whenBroken(Consumer<Throwable> listener) {
        broken = listener;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromCallable(() -> {
            Process started = start();
            String name = "mcp-program-" + started.pid();
            Thread complaints = Thread.ofVirtual().name(name + "-complaints").start(() -> listen(started));
            Thread.ofVirtual().name(name + "-output").start(() -> read(started, complaints, handler));
            Thread.ofVirtual().name(name + "-input").start(() -> write(started));
            return started;
        }).then();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> outgoing.add(Wire.text(message)));
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return Wire.MAPPER.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::cut);
    }

    /** Asks the program and what it has started to end, and ends them if they don't. */
    @Override
    public synchronized void cut() {
        cut = true;
        process.ifPresent(ending -> {
            var family = new ArrayList<>(ending.descendants().toList());
            family.add(ending.toHandle());
            family.forEach(ProcessHandle::destroy);
            Thread.ofVirtual().start(() -> endForcibly(ending, family));
        });
        process = Optional.empty();
    }

    private synchronized Process start() throws IOException {
        if (cut) {
            throw new IOException("the run has ended");
        }
        var command = new ArrayList<String>();
        command.add(program.command());
        command.addAll(program.args());
        var builder = new ProcessBuilder(command).directory(new File(System.getProperty("java.io.tmpdir")));
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().putAll(program.env());
        Process started = builder.start();
        process = Optional.of(started);
        return started;
    }

    private void read(Process from, Thread complaints, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        try (var lines = new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
            for (Optional<String> line = line(lines); line.isPresent(); line = line(lines)) {
                if (!line.get().isBlank()) {
                    handler.apply(Mono.just(McpSchema.deserializeJsonRpcMessage(Wire.MAPPER, line.get()))).subscribe();
                }
            }
            broken.accept(new IOException(end(from, complaints)));
        } catch (IOException | RuntimeException e) {
            broken.accept(new IOException("the program writes what is no message of MCP", e));
        }
    }

    private static Optional<String> line(BufferedReader from) throws IOException {
        var line = new StringBuilder();
        int next = from.read();
        while (next >= 0 && next != '\n') {
            if (line.length() == LONGEST_MESSAGE) {
                throw new IOException("a message is too long");
            }
            line.append((char) next);
            next = from.read();
        }
        return next < 0 && line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    private void listen(Process to) {
        try (var lines = new BufferedReader(new InputStreamReader(to.getErrorStream(), StandardCharsets.UTF_8))) {
            for (int next = lines.read(); next >= 0; next = lines.read()) {
                synchronized (complaint) {
                    if (complaint.length() < LONGEST_COMPLAINT) {
                        complaint.append((char) next);
                    }
                }
            }
        } catch (IOException e) {
            // It has ended: there is nothing more to hear.
        }
    }

    private void write(Process to) {
        try (OutputStream lines = to.getOutputStream()) {
            while (to.isAlive()) {
                String line = outgoing.poll(1, TimeUnit.SECONDS);
                if (line != null) {
                    lines.write((line + '\n').getBytes(StandardCharsets.UTF_8));
                    lines.flush();
                }
            }
        } catch (IOException e) {
            // It has ended, which the reader of its output tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String end(Process of, Thread complaints) {
        try {
            String status = of.waitFor(1, TimeUnit.SECONDS)
                    ? "the program ended with status " + of.exitValue()
                    : "the program closed its output";
            complaints.join(Duration.ofSeconds(1));
            synchronized (complaint) {
                return complaint.isEmpty() ? status : status + ", saying: " + complaint;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "the program ended";
        }
    }

    private static void endForcibly(Process process, Iterable<ProcessHandle> family) {
        try {
            process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }
}

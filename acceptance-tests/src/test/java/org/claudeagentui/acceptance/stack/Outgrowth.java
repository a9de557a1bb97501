package org.claudeagentui.acceptance.stack;

import com.github.dockerjava.api.exception.DockerException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.awaitility.Awaitility.await;

/**
 * A service's main process that has outgrown its memory. Within the topology's limit none does by work alone (the service's heap,
 * for one, ends at half of it), so the limit is lowered while clients ask for more, from a little more than what is in use down to where
 * the kernel finds no more files to drop, and the kernel is told to take the main process first; once it has killed, the limit is as
 * it was.
 *
 * @param asked when the limit was first lowered
 * @param limitBytes to how much at last
 * @param killed the engine's word that the kernel killed for memory
 */
public record Outgrowth(Instant asked, long limitBytes, EngineEvent killed) {
    /** The services whose main process can be made to, and their ports. */
    private static final Map<String, String> PORTS = Map.of(Service.STRAPI, "STRAPI_PORT", Service.EXPRESS, "EXPRESS_PORT",
            Service.FRONTEND,
            "FRONTEND_HTTP_PORT");
    private static final long HEADROOM = 1L << 20;
    private static final long STEP = 2L << 20;
    private static final int STEPS = 100;
    private static final Duration A_STEP = Duration.ofMillis(500);
    private static final Duration GIVEN_BACK = Duration.ofSeconds(20);
    private static final int CLIENTS = 8;
    private static final int UNFINISHED_REQUESTS = 400;
    private static final byte[] UNFINISHED = ("GET / HTTP/1.1\r\nHost: localhost\r\nX-Unfinished: " + "x".repeat(15_000)).getBytes(
            StandardCharsets.US_ASCII);
    private static final String TAKE_MAIN_FIRST = "for main in $(cat /proc/1/task/1/children); do echo 1000 >/proc/$main/oom_score_adj; done";

    /** Has it happen, waits for the kernel to kill, and gives the limit back. */
    public static Outgrowth of(ComposeStack stack, String service) {
        Engine engine = stack.engine();
        String container = stack.containerName(service);
        MemoryLimit before = MemoryLimit.of(stack.inspect(service).getHostConfig());
        stack.exec(service, "bash", "-c", TAKE_MAIN_FIRST).orThrow();
        AtomicBoolean enough = new AtomicBoolean();
        List<Socket> held = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                Instant asked = Instant.now();
                long limit = engine.usage(container).memoryBytes() + HEADROOM;
                engine.limitMemory(container, MemoryLimit.of(limit));
                for (int i = 0; i < CLIENTS; i++) {
                    clients.execute(() -> askOnAndOn(stack, enough));
                }
                int port = stack.port(Objects.requireNonNull(PORTS.get(service), service));
                clients.execute(() -> holdRequests(port, held, enough));
                return tighten(stack, service, asked, limit);
            } finally {
                enough.set(true);
                // The engine refuses while the killed container is between its end and its restart.
                await().atMost(GIVEN_BACK).ignoreExceptions().until(() -> engine.limitMemory(container, before));
            }
        } finally {
            held.forEach(Outgrowth::close);
        }
    }

    private static Outgrowth tighten(ComposeStack stack, String service, Instant asked, long from) {
        long limit = from;
        for (int step = 0; step < STEPS; step++) {
            Optional<EngineEvent> killed = stack.events().find(service, EngineEvent.OOM, asked, A_STEP);
            if (killed.isPresent()) {
                return new Outgrowth(asked, limit, killed.get());
            }
            if (lower(stack.engine(), stack.containerName(service), limit - STEP)) {
                limit -= STEP;
            }
        }
        throw new DeadlineMissedException(service + " killed for memory", A_STEP.multipliedBy(STEPS), "The limit was down to " + limit);
    }

    // Where nothing can be dropped any more, cgroup version 1 refuses a limit below what is in use; version 2 kills.
    private static boolean lower(Engine engine, String container, long limit) {
        try {
            return engine.limitMemory(container, MemoryLimit.of(limit));
        } catch (DockerException e) {
            return false;
        }
    }

    private static void askOnAndOn(ComposeStack stack, AtomicBoolean enough) {
        while (!enough.get()) {
            Http.tryGet(stack.frontDoor() + "/api/agents?pageSize=100");
        }
    }

    // Each holds a buffer of the server's until its end, which does not come.
    private static void holdRequests(int port, List<Socket> held, AtomicBoolean enough) {
        try {
            while (!enough.get() && held.size() < UNFINISHED_REQUESTS) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                held.add(socket);
                socket.getOutputStream().write(UNFINISHED);
            }
        } catch (IOException e) {
            // The server is gone: what was wanted.
            return;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A connection can't be closed", e);
        }
    }
}

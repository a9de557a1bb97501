package org.claudeagentui.service.runs;

import jakarta.json.JsonObject;
import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.idempotency.IdempotencyKey;
import org.claudeagentui.service.web.JsonBody;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes in the bodies of requests for runs. One that brings files takes up many times its size while it is read, so that few such are
 * held at once, and one is read at a time.
 */
@Single
final class RunBodies {

    private static final int SMALL = 2_000_000;
    private static final int MOST_LARGE = 3;
    private static final int PIECE = 64 * 1024;
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore places = new Semaphore(MOST_LARGE, true);
    private final Semaphore reader = new Semaphore(1, true);

    /**
     * Reads a body and does something with what it asks for, which the body's place is kept for.
     *
     * @param key the key that the request brings, if it has one
     * @throws ProblemException when it can't be read, takes too long to come, or there are too many large ones
     */
    <T> T taken(InputStream body, Optional<IdempotencyKey> key, Function<JsonObject, RunRequest> reading, Function<RunRequest, T> use) {
        byte[] beginning = read(body, SMALL + 1);
        if (beginning.length <= SMALL) {
            return use.apply(request(beginning, key, reading));
        }
        return within(places, () -> {
            RunRequest request = large(beginning, body, key, reading);
            return use.apply(request);
        });
    }

    private RunRequest large(byte[] beginning, InputStream body, Optional<IdempotencyKey> key, Function<JsonObject, RunRequest> reading) {
        byte[] all = arrived(beginning, body);
        return within(reader, () -> request(all, key, reading));
    }

    private static RunRequest request(byte[] body, Optional<IdempotencyKey> key, Function<JsonObject, RunRequest> reading) {
        return reading.apply(JsonBody.object(body)).keyed(key.map(it -> it.with(body)));
    }

    private static byte[] arrived(byte[] beginning, InputStream body) {
        Deadline deadline = Deadline.after(ARRIVAL);
        var all = new ByteArrayOutputStream(4 * SMALL);
        all.writeBytes(beginning);
        for (byte[] piece = read(body, PIECE); piece.length > 0; piece = read(body, PIECE)) {
            all.writeBytes(piece);
            if (deadline.passed()) {
                throw new ProblemException(Problem.of("too-slow", 408, "The request took too long", "A body has to arrive within "
                        + ARRIVAL.toSeconds() + " s: send less, or upload the files to Strapi."));
            }
        }
        return all.toByteArray();
    }

    private static byte[] read(InputStream body, int most) {
        try {
            return body.readNBytes(most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T within(Semaphore semaphore, Supplier<T> work) {
        try {
            if (!semaphore.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(Problem.unavailable(
                        "Other requests that bring files are being taken in: try again in a moment."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.unavailable("The service is being stopped."), e);
        }
        try {
            return work.get();
        } finally {
            semaphore.release();
        }
    }
}

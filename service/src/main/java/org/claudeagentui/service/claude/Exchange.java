package org.claudeagentui.service.claude;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What the HTTP client does, as a queue of signals for one reader. The client is only asked for as many pieces of the
 * body as fit; reading slowly slows the sender.
 */
final class Exchange implements HttpResponse.BodyHandler<Exchange> {

    private static final int PIECES_AHEAD = 4;

    sealed interface Signal {
        record Head(HttpResponse.ResponseInfo info) implements Signal {}

        record Bytes(List<ByteBuffer> buffers) implements Signal {}

        record End() implements Signal {}

        record Failed(Throwable cause) implements Signal {}
    }

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Object lock = new Object();
    private @Nullable CompletableFuture<?> answer;
    private Flow.@Nullable Subscription subscription;
    private volatile boolean cancelled;
    private volatile boolean ended;

    /** Whose headers are awaited, so that they can be given up. */
    void answeredBy(CompletableFuture<?> future) {
        synchronized (lock) {
            answer = future;
        }
        var _ = future.whenComplete((_, failure) -> {
            if (failure != null) {
                signals.add(new Signal.Failed(failure));
            }
        });
    }

    /** The next signal, or nothing when none came in that time. */
    Optional<Signal> await(Duration patience) {
        try {
            Signal signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (cancelled) {
                throw new CancellationException("the request was given up");
            }
            return Optional.ofNullable(signal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw new CancellationException("the reader was interrupted");
        }
    }

    /** Asks for one more piece of the body. */
    void more() {
        request(1);
    }

    /** Lets the rest of the body come and be forgotten. */
    void drain() {
        request(Long.MAX_VALUE);
    }

    /** Gives the request up, whatever it is waiting for; a reader that waits is told. Of an answer that has ended nothing is given up. */
    void cancel() {
        cancelled = true;
        if (ended) {
            // The client is about to hand the connection to its next request, or has: cancelling would close it under that one.
            return;
        }
        @Nullable
        CompletableFuture<?> awaited;
        Flow.@Nullable Subscription body;
        // The client is not called under the lock: it calls back under locks of its own.
        synchronized (lock) {
            awaited = answer;
            body = subscription;
        }
        if (awaited != null) {
            awaited.cancel(true);
        }
        if (body != null) {
            body.cancel();
        }
        signals.add(new Signal.End());
    }

    @Override
    public HttpResponse.BodySubscriber<Exchange> apply(HttpResponse.ResponseInfo info) {
        signals.add(new Signal.Head(info));
        return new Body();
    }

    private void request(long pieces) {
        Flow.@Nullable Subscription body;
        synchronized (lock) {
            body = subscription;
        }
        if (body != null) {
            body.request(pieces);
        }
    }

    private final class Body implements HttpResponse.BodySubscriber<Exchange> {
        @Override
        public CompletionStage<Exchange> getBody() {
            return CompletableFuture.completedFuture(Exchange.this);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            synchronized (lock) {
                subscription = given;
            }
            if (cancelled) {
                given.cancel();
            } else {
                given.request(PIECES_AHEAD);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            signals.add(new Signal.Bytes(buffers));
        }

        @Override
        public void onError(Throwable failure) {
            ended = true;
            signals.add(new Signal.Failed(failure));
        }

        @Override
        public void onComplete() {
            ended = true;
            signals.add(new Signal.End());
        }
    }
}

package org.claudeagentui.service.strapi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One read that is under way, for all who want to know the same. */
final class Flight<V> {
    private final long generation;
    private final long asked = System.nanoTime();
    private final CompletableFuture<Copy<V>> landing = new CompletableFuture<>();

    /** To begin at once, when so many changes have happened. */
    Flight(long generation) {
        this.generation = generation;
    }

    /** Whether it is under way and will tell of all changes up to the generation. */
    boolean serves(long generation) {
        return this.generation == generation && !landing.isDone();
    }

    /** Runs on a thread of its own, and is broken off after the deadline. */
    void begin(Runnable read, Duration deadline) {
        var thread = Thread.ofVirtual().name("read of Strapi").start(read);
        var _ = landing.orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS).whenComplete((_, failure) -> {
            if (failure instanceof TimeoutException) {
                thread.interrupt();
            }
        });
    }

    Copy<V> copy(V value) {
        return new Copy<>(value, asked, generation);
    }

    void lands(Copy<V> copy) {
        landing.complete(copy);
    }

    void fails(Throwable failure) {
        landing.completeExceptionally(failure);
    }

    /** What it brings, if it does so within that time of its beginning. */
    Optional<Copy<V>> within(Duration most) {
        try {
            return Optional.of(landing.get(Math.max(0, most.toNanos() - (System.nanoTime() - asked)), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException _) {
            throw thrown(landing.exceptionNow());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StrapiException.Unavailable("Interrupted while Strapi was asked", e);
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        return switch (failure) {
            case TimeoutException e -> new StrapiException.Unavailable("Strapi doesn't answer in time", e);
            case RuntimeException e -> e;
            default -> new IllegalStateException("A read of Strapi met a fault of the service", failure);
        };
    }
}

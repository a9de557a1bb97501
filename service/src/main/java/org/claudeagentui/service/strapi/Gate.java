package org.claudeagentui.service.strapi;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Lets a bounded number of requests at once go to Strapi; the others wait their turn, for as long as one may take. */
final class Gate {
    private final Semaphore places;
    private final Duration patience;

    Gate(StrapiLimits limits) {
        this.places = new Semaphore(limits.atOnce(), true);
        this.patience = limits.deadline();
    }

    <T> T pass(Supplier<T> request) {
        enter();
        try {
            return request.get();
        } finally {
            places.release();
        }
    }

    /** How many more it would let pass at the moment. */
    int free() {
        return places.availablePermits();
    }

    private void enter() {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StrapiException.Unavailable("Strapi has too much to answer already");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StrapiException.Unavailable("Interrupted while others' requests went to Strapi", e);
        }
    }
}

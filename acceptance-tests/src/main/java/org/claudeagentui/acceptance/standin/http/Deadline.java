package org.claudeagentui.acceptance.standin.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

/** At most one thing that happens unless it is put off in time. */
final class Deadline {
    private final ScheduledExecutorService timers;
    private final Runnable expired;
    private Optional<ScheduledFuture<?>> armed = Optional.empty();

    Deadline(ScheduledExecutorService timers, Runnable expired) {
        this.timers = timers;
        this.expired = expired;
    }

    synchronized void arm(Duration delay) {
        disarm();
        if (!timers.isShutdown()) {
            armed = Optional.of(timers.schedule(expired, delay.toNanos(), NANOSECONDS));
        }
    }

    synchronized void disarm() {
        armed.ifPresent(future -> future.cancel(false));
        armed = Optional.empty();
    }
}

package org.claudeagentui.service.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a part that the service depends on whether it is there: at most once a second, however often it is asked itself,
 * and without waiting long for the answer.
 */
final class Probe {
    private static final Logger LOGGER = System.getLogger(Probe.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(2_500);
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final String part;
    private final Callable<?> question;
    private FutureTask<?> latest;
    private long askedAt;
    private boolean everUp;
    private boolean up = true;

    Probe(String part, Callable<?> question) {
        this.part = part;
        this.question = question;
        this.latest = ask();
    }

    /** Name of the part, as an operator knows it. */
    String part() {
        return part;
    }

    /** What is wrong with it right now; nothing if it is up. */
    Optional<String> complaint() {
        var complaint = complaint(fresh());
        remember(complaint);
        return complaint;
    }

    /** What was wrong with it since the service was started; nothing once it was up. */
    Optional<String> complaintBeforeFirstUp() {
        return wasUp() ? Optional.empty() : complaint();
    }

    private synchronized boolean wasUp() {
        return everUp;
    }

    private synchronized FutureTask<?> fresh() {
        if (latest.isDone() && System.nanoTime() - askedAt > FRESH) {
            latest = ask();
        }
        return latest;
    }

    private FutureTask<?> ask() {
        var task = new FutureTask<>(question);
        askedAt = System.nanoTime();
        Thread.ofVirtual().name("probe " + part).start(task);
        return task;
    }

    private static Optional<String> complaint(FutureTask<?> answer) {
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of("no answer within " + PATIENCE.toMillis() + " ms");
        } catch (ExecutionException e) {
            return Optional.of(Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse("no answer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the service is stopping");
        }
    }

    private synchronized void remember(Optional<String> complaint) {
        everUp |= complaint.isEmpty();
        if (up != complaint.isEmpty()) {
            up = complaint.isEmpty();
            LOGGER.log(up ? Level.INFO : Level.WARNING, () -> part + complaint.map(it -> " is away: " + it).orElse(" is there"));
        }
    }
}

package org.claudeagentui.service.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks a part that the service depends on whether it is there: at most once a second, however often it is asked itself.
 * While a question is open the answer before it holds, unless that one is old.
 */
final class Probe {
    private static final Logger LOGGER = System.getLogger(Probe.class.getName());
    private static final Duration PATIENCE = Duration.ofMillis(2_500);
    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    private static final long OLD = Duration.ofSeconds(4).toNanos();

    private final String part;
    private final Callable<?> question;
    private CompletableFuture<Answer> latest;
    private Answer known;
    private boolean everUp;

    Probe(String part, Callable<?> question) {
        this.part = part;
        this.question = question;
        this.known = new Answer(Optional.of("not asked yet"), System.nanoTime() - OLD);
        this.latest = CompletableFuture.completedFuture(known);
    }

    /** What a part said, and when. */
    private record Answer(Optional<String> complaint, long at) {
        boolean isYoungerThan(long nanoseconds) {
            return System.nanoTime() - at < nanoseconds;
        }
    }

    /** Name of the part, as an operator knows it. */
    String part() {
        return part;
    }

    /** What is wrong with it right now; nothing if it is up. */
    Optional<String> complaint() {
        var answer = fresh();
        return holding().orElseGet(answer::join).complaint();
    }

    /** What was wrong with it since the service was started; nothing once it was up. */
    Optional<String> complaintBeforeFirstUp() {
        return wasUp() ? Optional.empty() : complaint();
    }

    private synchronized boolean wasUp() {
        return everUp;
    }

    private synchronized Optional<Answer> holding() {
        return Optional.of(known).filter(answer -> answer.isYoungerThan(latest.isDone() ? FRESH : OLD));
    }

    private synchronized CompletableFuture<Answer> fresh() {
        if (latest.isDone() && !known.isYoungerThan(FRESH)) {
            latest = ask().completeOnTimeout(Optional.of("no answer within " + PATIENCE.toMillis() + " ms"), PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS).thenApply(this::remembered);
        }
        return latest;
    }

    private CompletableFuture<Optional<String>> ask() {
        var complaint = new CompletableFuture<Optional<String>>();
        Thread.ofVirtual().name("probe " + part).start(() -> {
            try {
                question.call();
                complaint.complete(Optional.empty());
            } catch (Exception e) {
                complaint.complete(Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())));
            }
        });
        return complaint;
    }

    private synchronized Answer remembered(Optional<String> complaint) {
        var changed = known.complaint().isPresent() != complaint.isPresent();
        known = new Answer(complaint, System.nanoTime());
        everUp |= complaint.isEmpty();
        if (changed) {
            LOGGER.log(complaint.isEmpty() ? Level.INFO : Level.WARNING, () -> part + complaint.map(it -> " is away: " + it)
                    .orElse(" is there"));
        }
        return known;
    }
}

package org.claudeagentui.service.runs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells those for whom runs were made how they stand. What is left to be told is in the database, so that it is told whatever becomes of
 * this replica and of those who are to hear it; any replica tells of any run.
 */
final class Reports implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Reports.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final int MOST_REFUSALS = 5;
    /** More than a day. */
    private static final int MOST_ATTEMPTS = 10_000;

    private final Origins origins;
    private final Map<RunOrigin.Kind, RunRecipient> recipients;
    private final Semaphore news = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("run-reports").unstarted(this::work);
    private volatile boolean closed;

    Reports(Origins origins, Collection<RunRecipient> recipients) {
        this.origins = origins;
        this.recipients = recipients.stream().collect(Collectors.toUnmodifiableMap(RunRecipient::kind, Function.identity()));
    }

    void start() {
        thread.start();
    }

    /** There may be something to tell. */
    void wake() {
        news.release();
    }

    /**
     * Tells what is left to be told of a run, before anything else is done with what it was made for.
     *
     * @throws RuntimeException when that can't be done right now
     */
    void tellNow(RunId run) {
        Optional<Origins.Claim> claim = origins.claim(run, LEASE);
        if (claim.isPresent()) {
            try {
                tell(claim.get().report());
            } catch (RunRecipient.Refused e) {
                refused(claim.get(), e);
            } catch (RuntimeException e) {
                later(claim.get(), e);
                throw e;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void work() {
        while (!closed) {
            try {
                tellAll();
                if (news.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    news.drainPermits();
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (JournalException e) {
                LOGGER.log(Level.WARNING, "What is left to be told of runs can''t be looked for: {0}", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "Reports of runs met a fault of the service", e);
                pause();
            }
        }
    }

    private void tellAll() {
        for (var claim = origins.claim(LEASE); claim.isPresent() && !closed; claim = origins.claim(LEASE)) {
            attempt(claim.get());
        }
    }

    private void attempt(Origins.Claim claim) {
        try {
            tell(claim.report());
        } catch (RunRecipient.Refused e) {
            refused(claim, e);
        } catch (JournalException e) {
            throw e;
        } catch (RuntimeException e) {
            later(claim, e);
        }
    }

    private void tell(RunReport report) throws RunRecipient.Refused {
        Optional.ofNullable(recipients.get(report.origin().kind()))
                .orElseThrow(() -> new IllegalStateException("nobody hears of runs of a " + report.origin().kind()))
                .tell(report);
        origins.told(report);
    }

    private void refused(Origins.Claim claim, RunRecipient.Refused why) {
        if (claim.attempts() < MOST_REFUSALS) {
            later(claim, why);
        } else {
            giveUp(claim, why);
        }
    }

    private void later(Origins.Claim claim, Exception why) {
        if (claim.attempts() >= MOST_ATTEMPTS) {
            giveUp(claim, why);
            return;
        }
        LOGGER.log(claim.attempts() == 1 ? Level.WARNING : Level.DEBUG, "Run {0} can''t be told of yet, trying again: {1}",
                claim.report().run().id(), why.getMessage());
        origins.postpone(claim.report().run().id(), pauseAfter(claim.attempts()));
    }

    private void giveUp(Origins.Claim claim, Exception why) {
        LOGGER.log(Level.ERROR, "Run " + claim.report().run().id() + " is told of no more, although what it was made for has not heard of"
                + " its end", why);
        origins.giveUp(claim.report().run().id());
    }

    private static Duration pauseAfter(int attempts) {
        long ceiling = Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(attempts, 10));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }

    private void pause() {
        try {
            Thread.sleep(EVERY);
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}

package org.claudeagentui.service.strapi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Spares a Strapi that failed several times in a row: then one request at a time tries it, with a rest after each failure. */
final class Breaker {
    private static final Logger LOGGER = System.getLogger(Breaker.class.getName());
    private static final int MOST_FAILURES = 3;

    private final Duration longestTrial;
    private final Duration rest;
    private int failures;
    private long restsUntil;

    Breaker(StrapiLimits limits) {
        this.longestTrial = limits.deadline();
        this.rest = limits.rest();
    }

    /** Whether a request may go to Strapi now. Who is told so has to say what became of it. */
    synchronized boolean admits() {
        if (failures < MOST_FAILURES) {
            return true;
        }
        if (System.nanoTime() - restsUntil < 0) {
            return false;
        }
        restsUntil = System.nanoTime() + longestTrial.plus(rest).toNanos();
        return true;
    }

    /** Whether the latest request succeeded. */
    synchronized boolean trusts() {
        return failures == 0;
    }

    synchronized void succeeded() {
        if (failures >= MOST_FAILURES) {
            LOGGER.log(Level.INFO, "Strapi answers again");
        }
        failures = 0;
    }

    synchronized void failed(StrapiException.Unavailable failure) {
        failures++;
        restsUntil = System.nanoTime() + rest.toNanos();
        if (failures == MOST_FAILURES) {
            LOGGER.log(Level.WARNING, "Strapi is asked less until it answers again, and what is remembered serves: {0}",
                    failure.getMessage());
        }
    }
}

package org.claudeagentui.service.strapi;

import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What all that is remembered of Strapi has in common.
 *
 * @param limits its bounds
 * @param changes what is known of changes
 * @param gate which reads of Strapi pass
 * @param breaker decides whether Strapi is asked at all
 * @param retry asks again where one failed at once
 * @param waiting places for those who wait for a read
 * @param sources counts where answers came from
 */
record Memory(StrapiLimits limits, Changes changes, Gate gate, Breaker breaker, Retry retry, Semaphore waiting,
        Consumer<Source> sources) {

    Memory(StrapiLimits limits, Changes changes, Consumer<Source> sources) {
        this(limits, changes, new Breaker(limits), sources);
    }

    private Memory(StrapiLimits limits, Changes changes, Breaker breaker, Consumer<Source> sources) {
        this(limits, changes, new Gate(limits), breaker, new Retry(breaker::trusts), new Semaphore(limits.mostWaiting()), sources);
    }
}

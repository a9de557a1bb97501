package org.claudeagentui.service.strapi;

import java.time.Duration;

/**
 * How long answers of Strapi are remembered and waited for, and how many.
 *
 * @param fresh how old an answer may be that is given without asking anew, while changes are told of; up to twice that it is given while
 *            it is asked for anew
 * @param freshUntold the same while changes are not told of
 * @param stale how old an answer may be that is given because Strapi gives none
 * @param deadline longest time that a request to Strapi takes
 * @param patience how long one waits for Strapi who can be given a stale answer
 * @param rest how long a Strapi that fails is left alone between two trials
 * @param atOnce most reads that are under way to Strapi at once, and as many of all other requests
 * @param mostWaiting most who wait for what is read
 * @param weight most bytes that are remembered of a kind of answers
 */
record StrapiLimits(Duration fresh, Duration freshUntold, Duration stale, Duration deadline, Duration patience, Duration rest,
        int atOnce, int mostWaiting, long weight) {}

package org.claudeagentui.service.runs;

import java.time.Duration;
import java.util.Optional;

/**
 * The bounds of runs and streams.
 *
 * @param workers most runs worked on at once in this replica
 * @param waiting most runs that wait for their turn in this replica
 * @param inputCharacters longest input
 * @param timeout longest time from a run's start to its end
 * @param lease how long a run stays a replica's without a renewal; it is renewed four times as often
 * @param journalPatience how long runs and streams wait for a database that is away
 * @param drain how long runs go on once the service is told to stop
 * @param streams most streams open at once in this replica
 * @param heartbeat longest silence on a stream
 * @param writePatience how long a stream's reader may take no bytes
 * @param retention how long a run's events are kept after its end; nothing means for ever
 * @param placesEvery how often runs that wait are told that they came nearer to their turn
 */
record RunLimits(
        int workers,
        int waiting,
        int inputCharacters,
        Duration timeout,
        Duration lease,
        Duration journalPatience,
        Duration drain,
        int streams,
        Duration heartbeat,
        Duration writePatience,
        Optional<Duration> retention,
        Duration placesEvery) {

    Duration renewal() {
        return lease.dividedBy(4);
    }
}

package org.claudeagentui.service.runs;

import java.time.Duration;

/** Changes limits for a test. */
final class Limits {

    private Limits() {
    }

    static RunLimits workersAndWaiting(RunLimits from, int workers, int waiting) {
        return new RunLimits(workers, waiting, from.inputCharacters(), from.timeout(), from.lease(), from.journalPatience(), from.drain(),
                from.streams(), from.heartbeat(), from.writePatience(), from.retention(), from.placesEvery());
    }

    static RunLimits timeout(RunLimits from, Duration timeout) {
        return new RunLimits(from.workers(), from.waiting(), from.inputCharacters(), timeout, from.lease(), from.journalPatience(), from
                .drain(),
                from.streams(), from.heartbeat(), from.writePatience(), from.retention(), from.placesEvery());
    }

    static RunLimits journalPatience(RunLimits from, Duration patience) {
        return new RunLimits(from.workers(), from.waiting(), from.inputCharacters(), from.timeout(), from.lease(), patience, from.drain(),
                from.streams(), from.heartbeat(), from.writePatience(), from.retention(), from.placesEvery());
    }

    static RunLimits heartbeat(RunLimits from, Duration heartbeat) {
        return new RunLimits(from.workers(), from.waiting(), from.inputCharacters(), from.timeout(), from.lease(), from.journalPatience(),
                from.drain(), from.streams(), heartbeat, from.writePatience(), from.retention(), from.placesEvery());
    }

    static RunLimits streams(RunLimits from, int streams) {
        return new RunLimits(from.workers(), from.waiting(), from.inputCharacters(), from.timeout(), from.lease(), from.journalPatience(),
                from.drain(), streams, from.heartbeat(), from.writePatience(), from.retention(), from.placesEvery());
    }
}

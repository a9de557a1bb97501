package org.claudeagentui.acceptance.standin;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The latest requests and what became of them, bounded in number and in bytes; the oldest are forgotten first. */
final class Journal {
    static final int LIMIT = 2000;
    static final long LIMIT_BYTES = 16L * 1024 * 1024;

    private final Deque<Recording> recordings = new ArrayDeque<>();
    private long forgotten;

    synchronized void add(Recording recording) {
        recordings.add(recording);
        long bytes = recordings.stream().mapToLong(Recording::bytes).sum();
        while (recordings.size() > LIMIT || (bytes > LIMIT_BYTES && recordings.size() > 1)) {
            bytes -= recordings.remove().bytes();
            forgotten++;
        }
    }

    /** Those that agree, oldest first, at most the latest {@code limit}. */
    synchronized List<Recording> find(Predicate<Recording> wanted, int limit) {
        List<Recording> found = recordings.stream().filter(wanted).toList();
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    synchronized Optional<Recording> find(String id) {
        return recordings.stream().filter(recording -> recording.id().equals(id)).findFirst();
    }

    synchronized void clear() {
        recordings.clear();
        forgotten = 0;
    }

    synchronized int size() {
        return recordings.size();
    }

    /** How many requests were dropped to stay within the bounds. */
    synchronized long forgotten() {
        return forgotten;
    }

    synchronized long open() {
        return recordings.stream().filter(Recording::open).count();
    }
}

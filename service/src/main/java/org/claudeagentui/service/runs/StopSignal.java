package org.claudeagentui.service.runs;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells a run to stop, whatever it is doing. The first reason holds. */
final class StopSignal {

    /** Why a run is to stop. */
    enum Reason {
        /** Somebody asked for it. */
        CANCELLED,
        /** The service is being stopped. */
        SHUTDOWN,
        /** The run can't be written any more, here. */
        JOURNAL_LOST
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private final Set<Open> open = new LinkedHashSet<>();
    private Optional<Reason> reason = Optional.empty();

    /** Something that is open; closing this only forgets it. */
    final class Open implements AutoCloseable {
        private final Runnable closing;

        private Open(Runnable closing) {
            this.closing = closing;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                open.remove(this);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Stops the run; tells whether nobody had before. */
    boolean raise(Reason why) {
        List<Open> toClose;
        boolean first;
        lock.lock();
        try {
            first = reason.isEmpty();
            reason = reason.or(() -> Optional.of(why));
            toClose = List.copyOf(open);
            raised.signalAll();
        } finally {
            lock.unlock();
        }
        toClose.forEach(each -> each.closing.run());
        return first;
    }

    Optional<Reason> reason() {
        lock.lock();
        try {
            return reason;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has something closed when the run is to stop, at once if it already is.
     *
     * @return what to close once it need not be closed any more
     */
    Open closes(Runnable closing) {
        var opened = new Open(closing);
        boolean late;
        lock.lock();
        try {
            open.add(opened);
            late = reason.isPresent();
        } finally {
            lock.unlock();
        }
        if (late) {
            closing.run();
        }
        return opened;
    }

    /** Waits that long, or until the run is to stop. */
    void await(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (reason.isEmpty() && left > 0) {
                left = raised.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}

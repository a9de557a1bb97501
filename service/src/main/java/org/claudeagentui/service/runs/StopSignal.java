package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.ModelStream;

import java.time.Duration;
import java.util.Optional;
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
    private Optional<Reason> reason = Optional.empty();
    private Optional<ModelStream> open = Optional.empty();

    /** Stops the run; tells whether nobody had before. */
    boolean raise(Reason why) {
        Optional<ModelStream> toClose;
        boolean first;
        lock.lock();
        try {
            first = reason.isEmpty();
            reason = reason.or(() -> Optional.of(why));
            toClose = open;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
        toClose.ifPresent(ModelStream::close);
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

    /** Has the stream closed when the run is to stop, at once if it already is. */
    void closes(ModelStream stream) {
        boolean late;
        lock.lock();
        try {
            open = Optional.of(stream);
            late = reason.isPresent();
        } finally {
            lock.unlock();
        }
        if (late) {
            stream.close();
        }
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

package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Ends writes to readers that take no bytes. */
final class StreamWatch implements AutoCloseable {

    private final Duration patience;
    private final Set<Write> writes = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("stream-watch").unstarted(this::watch);

    StreamWatch(Duration patience) {
        this.patience = patience;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    /** Something that writes to a socket. */
    interface Writing {
        void run() throws IOException;
    }

    /**
     * Writes, for so long at most: then the thread is interrupted, which closes the socket that it writes to.
     *
     * @throws IOException when the reader is gone, or too slow
     */
    void within(Writing writing) throws IOException {
        var write = new Write(Thread.currentThread(), Deadline.after(patience));
        writes.add(write);
        try {
            writing.run();
        } finally {
            writes.remove(write);
            write.done();
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(10));
                writes.forEach(Write::endIfLate);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Write {
        private final Thread writer;
        private final Deadline deadline;
        private boolean over;
        private boolean interrupted;

        private Write(Thread writer, Deadline deadline) {
            this.writer = writer;
            this.deadline = deadline;
        }

        synchronized void endIfLate() {
            if (!over && !interrupted && deadline.passed()) {
                interrupted = true;
                writer.interrupt();
            }
        }

        /** From now on the thread is not interrupted, and if it was, it does not carry that into what it does next. */
        synchronized void done() {
            over = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}

package org.claudeagentui.service.logging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.ErrorManager;

/**
 * Takes lines from many threads and has one thread write them, as many at a time as have come meanwhile: a request then waits neither
 * for a disk nor for its neighbours. What has been taken is written within moments, and before {@link #close} returns. Where nobody
 * takes the lines any more, a thread waits for a place for a second at most; then its line is lost, and counted in the next that isn't.
 */
final class LineWriter implements AutoCloseable {
    private static final int MOST_WAITING = 8_192;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    private final List<LineSink> sinks;
    private final ErrorManager errors = new ErrorManager();
    private final ConcurrentLinkedQueue<byte[]> lines = new ConcurrentLinkedQueue<>();
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("log").unstarted(this::work);
    private volatile boolean closed;

    LineWriter(List<LineSink> sinks) {
        this.sinks = List.copyOf(sinks);
        thread.start();
    }

    /** Takes a line, with its end. */
    void take(byte[] line) {
        if (!hasPlace()) {
            lost.incrementAndGet();
            return;
        }
        lines.add(line);
        if (asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** How many lines were lost since this was last asked. */
    long lost() {
        return lost.getAndSet(0);
    }

    private boolean hasPlace() {
        if (places.tryAcquire()) {
            return true;
        }
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void work() {
        while (!closed || !lines.isEmpty()) {
            writeWhatHasCome();
            asleep.set(true);
            if (lines.isEmpty() && !closed) {
                LockSupport.park(this);
            }
            asleep.set(false);
        }
    }

    private void writeWhatHasCome() {
        var batch = new ArrayList<byte[]>();
        for (var line = lines.poll(); line != null; line = batch.size() < MOST_WAITING ? lines.poll() : null) {
            batch.add(line);
        }
        if (!batch.isEmpty()) {
            sinks.forEach(sink -> write(sink, batch));
            places.release(batch.size());
        }
    }

    private void write(LineSink sink, List<byte[]> batch) {
        try {
            sink.write(batch);
        } catch (RuntimeException e) {
            errors.error("A sink of the log has failed", e, ErrorManager.WRITE_FAILURE);
        }
    }

    /** Writes what has been taken. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(LAST_LINES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sinks.forEach(LineSink::close);
    }
}

package org.claudeagentui.service.runs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Does something again and again. What goes wrong once is logged, and tried again the next time. */
final class Recurring implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Recurring.class.getName());

    private final String name;
    private final Duration first;
    private final Duration pause;
    private final Runnable work;
    private final Thread thread;
    private volatile boolean closed;

    Recurring(String name, Duration first, Duration pause, Runnable work) {
        this.name = name;
        this.first = first;
        this.pause = pause;
        this.work = work;
        thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        Duration next = first;
        while (!closed) {
            try {
                Thread.sleep(next);
                next = pause;
                work.run();
            } catch (InterruptedException e) {
                closed = true;
            } catch (JournalException e) {
                LOGGER.log(Level.WARNING, "{0}: {1}", name, e.getMessage());
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, name + " met a fault of the service", e);
            }
        }
    }
}

package org.claudeagentui.service.runs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How many runs are worked on at once, and who is next. First come, first served. */
final class WorkerSlots {

    private final int mostWaiting;
    private final Deque<Slot> waiting = new ArrayDeque<>();
    private int free;

    WorkerSlots(int workers, int mostWaiting) {
        free = workers;
        this.mostWaiting = mostWaiting;
    }

    /** A place, at work or in the line; nothing when the line is full. */
    synchronized Optional<Slot> take() {
        if (free > 0) {
            free--;
            return Optional.of(new Slot(0));
        }
        if (waiting.size() == mostWaiting) {
            return Optional.empty();
        }
        var slot = new Slot(waiting.size() + 1);
        waiting.add(slot);
        return Optional.of(slot);
    }

    /** A place. Closing it, once, lets the next one in. */
    final class Slot implements AutoCloseable {
        private final int position;
        private boolean up;
        private Optional<Runnable> work = Optional.empty();

        private Slot(int position) {
            this.position = position;
            up = position == 0;
        }

        /** How many runs had to make room before this one's turn, when the place was taken. */
        int position() {
            return position;
        }

        /** Does the work when it is its turn, at once if it already is. The work must be quick: it starts a thread. */
        void whenUp(Runnable start) {
            synchronized (WorkerSlots.this) {
                if (!up) {
                    work = Optional.of(start);
                    return;
                }
            }
            start.run();
        }

        /** Does the work without waiting any longer for its turn. Does nothing when that has come. */
        void hurry() {
            Optional<Runnable> start;
            synchronized (WorkerSlots.this) {
                start = waiting.remove(this) ? work : Optional.empty();
            }
            start.ifPresent(Runnable::run);
        }

        @Override
        public void close() {
            next().ifPresent(Runnable::run);
        }

        private Optional<Runnable> next() {
            synchronized (WorkerSlots.this) {
                if (!up) {
                    waiting.remove(this);
                    return Optional.empty();
                }
                Slot next = waiting.poll();
                if (next == null) {
                    free++;
                    return Optional.empty();
                }
                next.up = true;
                return next.work;
            }
        }
    }
}

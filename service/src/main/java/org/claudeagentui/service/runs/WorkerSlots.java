package org.claudeagentui.service.runs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** How many runs are worked on at once, and who is next. First come, first served. */
final class WorkerSlots {

    private final int workers;
    private final int mostWaiting;
    private final Deque<Slot> waiting = new ArrayDeque<>();
    private int free;

    WorkerSlots(int workers, int mostWaiting) {
        this.workers = workers;
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

    /** How many more can be taken. */
    synchronized int room() {
        return free + mostWaiting - waiting.size();
    }

    /** How many are at work. */
    synchronized int busy() {
        return workers - free;
    }

    /** How many wait in the line. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** Tells each who waits its place, if that has changed since it was last told. */
    void tellPlaces() {
        List<Slot> line;
        synchronized (this) {
            line = List.copyOf(waiting);
        }
        for (int i = 0; i < line.size(); i++) {
            line.get(i).tell(i + 1);
        }
    }

    /** A place. Closing it, once, lets the next one in. */
    final class Slot implements AutoCloseable {
        private final int position;
        private final Place place;
        private boolean up;
        private boolean hurried;
        private Optional<Runnable> work = Optional.empty();

        private Slot(int position) {
            this.position = position;
            up = position == 0;
            place = new Place(position);
        }

        /** How many runs had to make room before this one's turn, when the place was taken. */
        int position() {
            return position;
        }

        /**
         * Does the work when it is its turn, at once if it already is. The work must be quick: it starts a thread.
         *
         * @param news is told the place while it waits, never once the work has begun
         */
        void whenUp(Runnable start, IntConsumer news) {
            Runnable leave = () -> {
                place.leave();
                start.run();
            };
            place.heardBy(news);
            synchronized (WorkerSlots.this) {
                if (!up && !hurried) {
                    work = Optional.of(leave);
                    return;
                }
            }
            leave.run();
        }

        private void tell(int now) {
            place.tell(now);
        }

        /** Does the work without waiting any longer for its turn. Does nothing when that has come. */
        void hurry() {
            Optional<Runnable> start;
            synchronized (WorkerSlots.this) {
                start = waiting.remove(this) ? work : Optional.empty();
                hurried = true;
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

    /** A place in the line, for as long as it is one. Who hears of it is never told two places at once. */
    private static final class Place {
        private int told;
        private Optional<IntConsumer> news = Optional.empty();

        private Place(int first) {
            told = first;
        }

        private synchronized void heardBy(IntConsumer listener) {
            news = Optional.of(listener);
        }

        private synchronized void leave() {
            news = Optional.empty();
        }

        private synchronized void tell(int now) {
            if (now != told) {
                news.ifPresent(listener -> {
                    told = now;
                    listener.accept(now);
                });
            }
        }
    }
}

package org.claudeagentui.service.runs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** How many bytes of attachments all runs of this replica may hold at once. First come, first served. */
final class ByteBudget {

    private final long most;
    private final Deque<Share> waiting = new ArrayDeque<>();
    private long free;

    ByteBudget(long most) {
        this.most = most;
        free = most;
    }

    /** A share of so many bytes, or of all there are; it may have to be waited for. */
    Share take(long bytes) {
        var share = new Share(Math.min(bytes, most));
        synchronized (this) {
            waiting.add(share);
        }
        grant();
        return share;
    }

    private void grant() {
        var granted = new ArrayDeque<Share>();
        synchronized (this) {
            while (!waiting.isEmpty() && waiting.getFirst().bytes <= free) {
                Share next = waiting.remove();
                free -= next.bytes;
                next.held = true;
                granted.add(next);
            }
        }
        granted.forEach(share -> share.granted.complete(null));
    }

    /** A part of the budget, for as long as it is not closed. */
    final class Share implements AutoCloseable {
        private final long bytes;
        private final CompletableFuture<Void> granted = new CompletableFuture<>();
        private boolean held;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** Done once the bytes may be used; cancelled when the share was closed before. */
        CompletableFuture<Void> granted() {
            return granted;
        }

        @Override
        public void close() {
            synchronized (ByteBudget.this) {
                waiting.remove(this);
                free += held ? bytes : 0;
                held = false;
            }
            granted.cancel(false);
            grant();
        }
    }
}

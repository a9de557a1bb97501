package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.Http;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many requests for one address, a few at once, so that whoever logs them logs much. */
final class Flood {
    private static final int CLIENTS = 4;

    private Flood() {
    }

    /** Asks so many times, whatever the answers say, and gives the last answer's status; the address ends with the request's number. */
    static int of(String address, int requests) {
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            List<Callable<Integer>> questions = IntStream.range(0, requests)
                    .<Callable<Integer>>mapToObj(number -> () -> Http.get(address + number).status())
                    .toList();
            return clients.invokeAll(questions).stream().map(Future::resultNow).toList().getLast();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking", e);
        }
    }
}

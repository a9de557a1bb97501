package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.claudeagentui.acceptance.standin.http.Exchange;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** A collector of traces that keeps the latest batches as they came, bounded in bytes; the oldest are forgotten first. */
final class Traces {
    static final String PATH = "/v1/traces";
    static final long LIMIT_BYTES = 8L * 1024 * 1024;

    private final Deque<byte[]> batches = new ArrayDeque<>();

    void handle(Exchange exchange) throws IOException {
        if (!exchange.request().method().equals("POST")) {
            exchange.respond(405, Map.of("allow", "POST"), new byte[0]);
            return;
        }
        add(exchange.request().body());
        // An empty message of the protocol: all was taken.
        exchange.respond(200, Map.of("content-type", "application/x-protobuf"), new byte[0]);
    }

    /** The batches in Base64, oldest first. */
    synchronized ArrayNode json() {
        ArrayNode array = Json.object().putArray("batches");
        batches.forEach(array::add);
        return array;
    }

    synchronized void clear() {
        batches.clear();
    }

    private synchronized void add(byte[] batch) {
        batches.add(batch);
        long bytes = batches.stream().mapToLong(each -> each.length).sum();
        while (bytes > LIMIT_BYTES && batches.size() > 1) {
            bytes -= batches.remove().length;
        }
    }
}

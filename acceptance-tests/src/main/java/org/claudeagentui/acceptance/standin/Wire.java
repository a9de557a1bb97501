package org.claudeagentui.acceptance.standin;

import org.claudeagentui.acceptance.standin.Recording.Outcome;
import org.claudeagentui.acceptance.standin.http.EpochNanos;
import org.claudeagentui.acceptance.standin.http.Exchange;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An answer's bytes on their way out: recorded, and where the script says so fragmented or cut off. */
final class Wire {
    private static final Duration STALL_LIMIT = Duration.ofMinutes(5);

    private final Exchange exchange;
    private final Recording recording;
    private final String requestId;
    private Map<String, String> headers = Map.of();
    private Optional<Cut> cut = Optional.empty();
    private int fragment = Integer.MAX_VALUE;
    private long written;

    Wire(Exchange exchange, Recording recording, String requestId) {
        this.exchange = exchange;
        this.recording = recording;
        this.requestId = requestId;
    }

    String requestId() {
        return requestId;
    }

    /** Headers for the answer, besides or instead of the usual ones. */
    void headers(Map<String, String> extra) {
        headers = extra;
    }

    void begin(int status, String contentType, Duration perByte) throws IOException, InterruptedException {
        recording.status(status);
        if (perByte.isZero()) {
            exchange.begin(status, head(contentType));
        } else {
            exchange.beginSlowly(status, head(contentType), perByte);
        }
    }

    boolean begun() {
        return exchange.begun();
    }

    /** One event or document; it leaves in one write unless the script wants otherwise. */
    void send(String type, byte[] bytes) throws IOException, InterruptedException {
        recording.event(type, EpochNanos.now());
        Optional<Integer> end = cut.flatMap(armed -> armed.within(bytes, written));
        write(bytes, end.orElse(bytes.length));
        if (end.isPresent() && cut.isPresent()) {
            end(cut.get().ending(), STALL_LIMIT);
        }
    }

    void sendUnframed(String type, byte[] bytes) throws IOException {
        recording.event(type, EpochNanos.now());
        exchange.writeUnframed(bytes);
        written += bytes.length;
        recording.wrote(bytes.length);
    }

    /** A whole answer; cut short only where a cut is armed. */
    void respond(int status, String contentType, byte[] body) throws IOException, InterruptedException {
        if (cut.isPresent() || fragment != Integer.MAX_VALUE) {
            begin(status, contentType, Duration.ZERO);
            send("body", body);
            finish();
        } else {
            recording.status(status);
            recording.event("body", EpochNanos.now());
            recording.wrote(body.length);
            exchange.respond(status, head(contentType), body);
        }
    }

    void finish() throws IOException {
        exchange.end();
    }

    void pause(Duration duration) throws IOException, InterruptedException {
        exchange.pause(duration);
    }

    void fragment(int bytes) {
        fragment = bytes;
    }

    void cutAfter(long bytes, boolean fromHere, Ending ending) {
        cut = Optional.of(new Cut(fromHere ? written + bytes : bytes, new byte[0], 0, ending));
    }

    void cutInside(String text, int bytes, Ending ending) {
        cut = Optional.of(new Cut(-1, text.getBytes(UTF_8), bytes, ending));
    }

    /** Ends the connection; never returns. */
    void end(Ending ending, Duration stall) throws IOException, InterruptedException {
        switch (ending) {
            case RESET -> {
                exchange.reset();
                throw new SeveredException(Outcome.RESET);
            }
            case CLOSE -> {
                exchange.close();
                throw new SeveredException(Outcome.CLOSED);
            }
            case STALL -> {
                exchange.pause(stall);
                exchange.close();
                throw new SeveredException(Outcome.STALLED);
            }
        }
    }

    private void write(byte[] bytes, int end) throws IOException {
        for (int from = 0; from < end; from += Math.min(fragment, end - from)) {
            int length = Math.min(fragment, end - from);
            exchange.write(bytes, from, length);
            written += length;
            recording.wrote(length);
        }
    }

    private Map<String, String> head(String contentType) {
        Map<String, String> head = new LinkedHashMap<>();
        head.put("content-type", contentType);
        head.put("cache-control", "no-cache");
        head.put("request-id", requestId);
        head.put("server", "claude-agent-ui-standin");
        headers.forEach((name, value) -> {
            head.keySet().removeIf(name::equalsIgnoreCase);
            head.put(name, value);
        });
        return head;
    }
}

package org.claudeagentui.service.runs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Writes a run's events as server-sent events, until the run, or the reader, or the service has ended. */
final class EventStream {

    private static final Logger LOGGER = System.getLogger(EventStream.class.getName());
    private static final byte[] HEARTBEAT = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final byte[] CLOSING = ": the stream ends here; connect again to go on\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] NO_JOURNAL = ": the journal of runs is away; connect again to go on\n\n".getBytes(StandardCharsets.UTF_8);

    private final Subscription subscription;
    private final OutputStream output;
    private final StreamWatch watch;
    private final RunLimits limits;
    private final BooleanSupplier closing;
    private final Outage outage;

    EventStream(Subscription subscription, OutputStream output, StreamWatch watch, RunLimits limits, BooleanSupplier closing) {
        this.subscription = subscription;
        this.output = output;
        this.watch = watch;
        this.limits = limits;
        this.closing = closing;
        outage = new Outage(limits.journalPatience());
    }

    void run() {
        try {
            send(RETRY);
            follow();
            watch.within(output::close);
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(Level.DEBUG, "A reader is gone: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() throws IOException, InterruptedException {
        boolean ended = false;
        while (!ended && !closing.getAsBoolean()) {
            try {
                List<StoredEvent> events = subscription.next(limits.heartbeat(), closing);
                outage.ends();
                send(events.isEmpty() ? HEARTBEAT : frames(events));
                ended = !events.isEmpty() && events.getLast().last();
            } catch (JournalException e) {
                outage.begins();
                ended = outage.lastsTooLong();
                send(ended ? NO_JOURNAL : HEARTBEAT);
                Thread.sleep(ended ? Duration.ZERO : BETWEEN_TRIES);
            }
        }
        if (!ended) {
            send(CLOSING);
        }
    }

    private void send(byte[] bytes) throws IOException {
        watch.within(() -> {
            output.write(bytes);
            output.flush();
        });
    }

    private static byte[] frames(List<StoredEvent> events) {
        var text = new StringBuilder();
        for (StoredEvent event : events) {
            text.append("id: ")
                    .append(event.seq())
                    .append("\nevent: ")
                    .append(event.type())
                    .append("\ndata: ")
                    .append(event.data())
                    .append("\n\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

package org.claudeagentui.acceptance.runs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An open stream of a run's events. It is cut at the latest when its time is up; closing it cuts it where it stands. */
public final class EventStream implements AutoCloseable {
    private final InputStream bytes;
    private final CompletableFuture<Void> cut;
    private volatile boolean late;

    EventStream(HttpResponse<InputStream> response, Duration most) {
        bytes = response.body();
        cut = CompletableFuture.runAsync(this::cutLate, CompletableFuture.delayedExecutor(most.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void cutLate() {
        late = true;
        closeBytes();
    }

    /**
     * The next event, or nothing where the server ended the stream.
     *
     * @throws IOException when the stream broke off
     */
    public Optional<RunEvent> next() throws IOException {
        while (true) {
            Optional<String> frame = frame();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            if (frame.get().contains("data: ")) {
                return Optional.of(RunEvent.of(frame.get()));
            }
        }
    }

    /** The events up to the first of that type, or up to the stream's end. */
    public List<RunEvent> until(String type) throws IOException {
        List<RunEvent> events = new ArrayList<>();
        Optional<RunEvent> event = next();
        while (event.isPresent()) {
            events.add(event.get());
            event = event.get().type().equals(type) ? Optional.empty() : next();
        }
        return events;
    }

    /** The events that are complete once so many bytes have come. */
    public List<RunEvent> within(int count) throws IOException {
        String text = new String(bytes.readNBytes(count), StandardCharsets.UTF_8);
        List<RunEvent> events = new ArrayList<>();
        int from = 0;
        for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n", from)) {
            String frame = text.substring(from, end);
            if (frame.contains("data: ")) {
                events.add(RunEvent.of(frame));
            }
            from = end + 2;
        }
        return events;
    }

    private Optional<String> frame() throws IOException {
        var frame = new ByteArrayOutputStream();
        int before = 0;
        int read = read();
        while (read >= 0 && !(before == '\n' && read == '\n')) {
            frame.write(read);
            before = read;
            read = read();
        }
        return read < 0 ? Optional.empty() : Optional.of(frame.toString(StandardCharsets.UTF_8));
    }

    private int read() throws IOException {
        try {
            return bytes.read();
        } catch (IOException e) {
            if (late) {
                throw new IllegalStateException("The stream's time is up, and its run has not ended", e);
            }
            throw e;
        }
    }

    private void closeBytes() {
        try {
            bytes.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The stream cannot be closed", e);
        }
    }

    @Override
    public void close() {
        cut.cancel(false);
        closeBytes();
    }
}

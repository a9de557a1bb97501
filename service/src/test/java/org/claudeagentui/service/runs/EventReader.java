package org.claudeagentui.service.runs;

import org.claudeagentui.service.security.TestUsers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client that follows a run over HTTP. */
final class EventReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final String USER = TestUsers.User.ADMIN.authorization();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

    /** A block of lines of the stream, and when its last byte came; the stream's end is a frame, too. */
    record Frame(String text, long nanoTime) {

        String field(String name) {
            return text.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        boolean isEnd() {
            return nanoTime < 0;
        }

        boolean isEvent() {
            return text.startsWith("id: ");
        }

        boolean isLast() {
            return isEvent() && new StoredEvent(1, field("event"), "").last();
        }
    }

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    static EventReader follow(URI service, RunId run, Optional<String> lastEventId) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve("/api/runs/" + run + "/events")).header("Authorization", USER);
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        return new EventReader(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    static EventReader execute(URI service, String agent, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/agents/" + agent + "/execute"))
                .header("Authorization", USER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return new EventReader(CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()));
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    private Frame anyFrame(long end) throws InterruptedException {
        Frame frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (frame == null) {
            throw new AssertionError("nothing more came in time");
        }
        return frame;
    }

    /** The next frame, comments included. */
    Frame next(Duration patience) throws InterruptedException {
        Frame frame = anyFrame(System.nanoTime() + patience.toNanos());
        if (frame.isEnd()) {
            throw new AssertionError("the stream has ended; its status was " + response.statusCode());
        }
        return frame;
    }

    /** The events up to the first one of that type. */
    List<Frame> until(String type) throws InterruptedException {
        return until(frame -> frame.field("event").equals(type));
    }

    /** All events up to the run's last. */
    List<Frame> untilEnd() throws InterruptedException {
        return until(Frame::isLast);
    }

    /** All events up to the end of a stream whose run goes on. */
    List<Frame> untilTheStreamEnds() throws InterruptedException {
        var events = new ArrayList<Frame>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (Frame frame = anyFrame(end); !frame.isEnd(); frame = anyFrame(end)) {
            if (frame.isEvent()) {
                events.add(frame);
            }
        }
        return events;
    }

    private List<Frame> until(Predicate<Frame> last) throws InterruptedException {
        var events = new ArrayList<Frame>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (events.isEmpty() || !last.test(events.getLast())) {
            Frame frame = next(Duration.ofNanos(end - System.nanoTime()));
            if (frame.isEvent()) {
                events.add(frame);
            }
        }
        return events;
    }

    /** Whether the server has ended the stream, or does so in that time; frames that had not been read are passed over. */
    boolean ends(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        Frame frame;
        do {
            frame = frames.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } while (frame != null && !frame.isEnd());
        return frame != null;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }

    private void read() {
        var text = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    frames.add(new Frame(text.toString(), System.nanoTime()));
                    text.setLength(0);
                } else {
                    text.append(line).append('\n');
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // The stream was cut off: what had come by then is what counts.
        } finally {
            frames.add(new Frame("", -1));
        }
    }
}

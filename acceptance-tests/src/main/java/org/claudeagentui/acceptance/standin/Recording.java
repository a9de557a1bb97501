package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What is kept of one request and of the answer to it. Times are nanoseconds since 1970. */
final class Recording {
    /** The most events of which the time is kept; later ones are only counted. */
    static final int MAX_EVENTS = 150_000;
    /** The most of a body that is kept, in bytes. */
    static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int BYTES_PER_EVENT = 9;

    private final String id;
    private final String path;
    private final boolean secure;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean bodyTruncated;
    private final long arrivedAt;
    private final List<String> types = new ArrayList<>();
    private Optional<Asked> asked = Optional.empty();
    private Optional<String> script = Optional.empty();
    private Optional<Usage> usage = Optional.empty();
    private boolean usageFinal;
    private int status;
    private long[] eventTimes = new long[16];
    private byte[] eventTypes = new byte[16];
    private int events;
    private long bodyBytesWritten;
    private Outcome outcome = Outcome.OPEN;
    private long endedAt;
    private long hungUpAt;

    /** How an answer ended. */
    enum Outcome {
        /** It is still being written. */
        OPEN,
        /** Everything the script had to say was said. */
        COMPLETED,
        /** The client left first. */
        HUNG_UP,
        /** The script reset the connection. */
        RESET,
        /** The script closed the connection. */
        CLOSED,
        /** The script fell silent, and the client had not left when the silence was over. */
        STALLED,
        /** The connection broke, or the answer took longer than an exchange may. */
        BROKEN
    }

    Recording(String id, String path, boolean secure, Map<String, String> headers, byte[] body, long arrivedAt) {
        this.id = id;
        this.path = path;
        this.secure = secure;
        this.headers = headers;
        this.bodyTruncated = body.length > MAX_BODY_BYTES;
        this.body = bodyTruncated ? Arrays.copyOf(body, MAX_BODY_BYTES) : body;
        this.arrivedAt = arrivedAt;
    }

    String id() {
        return id;
    }

    synchronized void understood(MessagesRequest request) {
        asked = Optional.of(new Asked(request.model(), request.stream(), request.input()));
    }

    synchronized void answeredBy(String scriptId) {
        script = Optional.of(scriptId);
    }

    synchronized void status(int code) {
        status = code;
    }

    synchronized void event(String type, long at) {
        if (events < MAX_EVENTS) {
            if (events == eventTimes.length) {
                eventTimes = Arrays.copyOf(eventTimes, Math.min(MAX_EVENTS, events * 2));
                eventTypes = Arrays.copyOf(eventTypes, eventTimes.length);
            }
            eventTimes[events] = at;
            eventTypes[events] = (byte) indexOf(type);
        }
        events++;
    }

    synchronized void wrote(int bytes) {
        bodyBytesWritten += bytes;
    }

    synchronized void usage(Usage reported, boolean last) {
        usage = Optional.of(reported);
        usageFinal = last;
    }

    synchronized void hungUp(long at) {
        hungUpAt = at;
    }

    synchronized void ended(Outcome how, long at) {
        if (outcome == Outcome.OPEN) {
            outcome = how;
            endedAt = at;
        }
    }

    synchronized boolean inputContains(String text) {
        return asked.map(request -> request.input().contains(text)).orElseGet(() -> new String(body, UTF_8).contains(text));
    }

    synchronized boolean modelIs(String model) {
        return asked.map(request -> request.model().equals(model)).orElse(false);
    }

    synchronized boolean open() {
        return outcome == Outcome.OPEN;
    }

    synchronized long bytes() {
        return 1024L + body.length + asked.map(request -> request.input().length()).orElse(0) + (long) eventTimes.length * BYTES_PER_EVENT;
    }

    synchronized void write(JsonGenerator json, boolean withEvents) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("path", path);
        json.writeBooleanField("tls", secure);
        json.writeObjectField("headers", headers);
        if (asked.isPresent()) {
            json.writeStringField("model", asked.get().model());
            json.writeBooleanField("stream", asked.get().stream());
            json.writeStringField("input", asked.get().input());
        }
        writeBody(json);
        if (script.isPresent()) {
            json.writeStringField("script", script.get());
        }
        if (status != 0) {
            json.writeNumberField("status", status);
        }
        if (usage.isPresent()) {
            writeUsage(json, usage.get());
        }
        json.writeNumberField("bodyBytesWritten", bodyBytesWritten);
        json.writeNumberField("arrivedAt", arrivedAt);
        json.writeStringField("outcome", outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (endedAt != 0) {
            json.writeNumberField("endedAt", endedAt);
        }
        if (hungUpAt != 0) {
            json.writeNumberField("hungUpAt", hungUpAt);
        }
        json.writeNumberField("eventCount", events);
        if (withEvents) {
            writeEvents(json);
        }
        json.writeEndObject();
    }

    private void writeBody(JsonGenerator json) throws IOException {
        if (!bodyTruncated && Json.isDocument(body)) {
            json.writeFieldName("body");
            json.writeRawValue(new String(body, UTF_8));
        } else {
            json.writeStringField("bodyText", new String(body, UTF_8));
            json.writeBooleanField("bodyTruncated", bodyTruncated);
        }
    }

    private void writeUsage(JsonGenerator json, Usage reported) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("inputTokens", reported.inputTokens());
        json.writeNumberField("cacheCreationInputTokens", reported.cacheCreationInputTokens());
        json.writeNumberField("cacheReadInputTokens", reported.cacheReadInputTokens());
        json.writeNumberField("outputTokens", reported.outputTokens());
        json.writeBooleanField("final", usageFinal);
        json.writeEndObject();
    }

    private void writeEvents(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("events");
        for (int index = 0; index < Math.min(events, MAX_EVENTS); index++) {
            json.writeStartObject();
            json.writeNumberField("index", index);
            json.writeStringField("type", types.get(eventTypes[index]));
            json.writeNumberField("at", eventTimes[index]);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private int indexOf(String type) {
        int index = types.indexOf(type);
        if (index >= 0) {
            return index;
        }
        if (types.size() == Byte.MAX_VALUE) {
            return 0;
        }
        types.add(type);
        return types.size() - 1;
    }

    /** What is asked of a request later; its tree would cost many times the body's bytes. */
    private record Asked(String model, boolean stream, String input) {}
}

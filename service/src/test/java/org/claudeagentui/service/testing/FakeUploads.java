package org.claudeagentui.service.testing;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import jakarta.json.JsonObject;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.awaitility.Awaitility.await;

/** Strapi's uploads: rows, and files that may be gone or others than the rows say. */
public final class FakeUploads {
    private static final Pattern PART = Pattern.compile(
            "Content-Disposition: form-data; name=\"files\"; filename=\"([^\"]+)\"\r\nContent-Type: ([^\r]+)\r\n\r\n");
    private static final Pattern CAPTION = Pattern.compile("\r\n\r\n(\\{[^\r]*})\r\n");

    private final Map<Integer, Upload> uploads = new ConcurrentSkipListMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private volatile boolean stalling;
    private volatile int mostBytes = Integer.MAX_VALUE;

    /**
     * An upload.
     *
     * @param name its file's name
     * @param caption what people are told of it
     * @param mime its media type
     * @param bytes its file; nothing when that is gone
     * @param sha256 the hash in its row
     */
    public record Upload(String name, String caption, String mime, Optional<String> bytes, String sha256) {
        /** What its file holds. */
        public byte[] content() {
            return bytes.orElseThrow().getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Keeps a file. */
    public String keep(String name, String mime, byte[] bytes) {
        return keep(name, "", mime, bytes);
    }

    private String keep(String name, String caption, String mime, byte[] bytes) {
        int id = ids.incrementAndGet();
        uploads.put(id, new Upload(name, caption, mime, Optional.of(text(bytes)), sha256(bytes)));
        return String.valueOf(id);
    }

    /** All that there are, the oldest first. */
    public Map<Integer, Upload> all() {
        return Map.copyOf(uploads);
    }

    /** Loses a file, but not what is known of it. */
    public void lose(String id) {
        uploads.computeIfPresent(Integer.valueOf(id), (_, was) -> new Upload(was.name(), was.caption(), was.mime(), Optional.empty(), was
                .sha256()));
    }

    /** Has another file in an upload's place. */
    public void change(String id, byte[] bytes) {
        uploads.computeIfPresent(Integer.valueOf(id), (_, was) -> new Upload(was.name(), was.caption(), was.mime(), Optional.of(text(
                bytes)), sha256(bytes)));
    }

    /** Takes no files that are larger. */
    public void takesAtMost(int bytes) {
        mostBytes = bytes;
    }

    /** Whether it falls silent in the midst of each file that it hands over. */
    public void stalls(boolean now) {
        stalling = now;
    }

    void clear() {
        uploads.clear();
        stalling = false;
        mostBytes = Integer.MAX_VALUE;
    }

    /** Answers as Strapi does below /api/upload. */
    void answerApi(HttpExchange exchange, Sender sender) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/api/upload")) {
            store(exchange, sender);
            return;
        }
        var id = Integer.valueOf(path.replaceFirst("^/api/upload/files/", ""));
        var upload = Optional.ofNullable(exchange.getRequestMethod().equals("DELETE") ? uploads.remove(id) : uploads.get(id));
        sender.send(upload.isPresent() ? 200 : 404, upload.map(it -> row(id, it).toString()).orElse("{\"error\":{\"status\":404}}"));
    }

    /** Answers as Strapi does below /uploads. */
    void answerFile(HttpExchange exchange) throws IOException {
        var id = Integer.valueOf(exchange.getRequestURI().getPath().replaceFirst("^/uploads/([0-9]+).*$", "$1"));
        var upload = Optional.ofNullable(uploads.get(id)).filter(it -> it.bytes().isPresent());
        if (upload.isEmpty()) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var bytes = upload.get().content();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, 1);
            exchange.getResponseBody().flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> !stalling);
            exchange.getResponseBody().write(bytes, 1, bytes.length - 1);
        }
    }

    private void store(HttpExchange exchange, Sender sender) throws IOException {
        var body = text(exchange.getRequestBody().readAllBytes());
        var part = found(PART, body);
        var caption = Json.createReader(new StringReader(new String(found(CAPTION, body).group(1)
                .getBytes(
                        StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))).readObject().getString("caption");
        var bytes = body.substring(part.end(), body.lastIndexOf("\r\n--", body.length() - 5)).getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > mostBytes) {
            sender.send(413, "{\"data\":null,\"error\":{\"status\":413,\"name\":\"PayloadTooLargeError\",\"message\":\"FileTooBig\"}}");
        } else {
            var id = Integer.valueOf(keep(part.group(1), caption, part.group(2), bytes));
            sender.send(201, Json.createArrayBuilder().add(row(id, uploads.get(id))).build().toString());
        }
    }

    private static Matcher found(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("Strapi would not understand this form: " + text.substring(0, Math.min(300, text.length())));
        }
        return matcher;
    }

    private static JsonObject row(int id, Upload upload) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("name", upload.name())
                .add("mime", upload.mime())
                .add("size", 0.01)
                .add("url", "/uploads/" + id + "_" + upload.name().replaceAll("[^A-Za-z0-9.]", "_"))
                .add("provider_metadata", Json.createObjectBuilder().add("sha256", upload.sha256()))
                .build();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends JSON. */
    @FunctionalInterface
    interface Sender {
        void send(int status, String json) throws IOException;
    }
}

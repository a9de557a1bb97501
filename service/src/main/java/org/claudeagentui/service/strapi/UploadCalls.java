package org.claudeagentui.service.strapi;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import org.claudeagentui.service.tracing.HttpSpans;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.TraceContext;
import org.claudeagentui.service.web.Jsons;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Calls about files, one after the other. Each ends in the time it is given, or when this is closed; what goes wrong is a {@link StrapiException}. */
public final class UploadCalls implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PATH = Pattern.compile("/uploads/[^/?#\\s]{1,400}");

    private final HttpClient client;
    private final URI base;
    private final String authorization;

    UploadCalls(HttpClient client, URI base, String authorization) {
        this.client = client;
        this.base = base;
        this.authorization = authorization;
    }

    /** Whether a file's address is one of Strapi's own, which alone can be read here. */
    public static boolean isReadable(String path) {
        return PATH.matcher(path).matches();
    }

    /** What Strapi knows of the file with that id, if there is one; the id may be any text. */
    public Optional<JsonObject> find(String id, Duration patience) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        var answer = sent(api("/api/upload/files/" + id).GET(), BodyHandlers.ofByteArray(), patience);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(json(answer).asJsonObject());
    }

    /**
     * Keeps a file.
     *
     * @param fileName what it is called there, plain ASCII without quotes
     * @param caption what people are told of it
     * @return what Strapi then knows of it
     * @throws StrapiException.Invalid when Strapi doesn't take it
     */
    public JsonObject store(String fileName, String caption, String mediaType, byte[] content, Duration patience) {
        var boundary = "file-" + UUID.randomUUID();
        var info = Jsons.PROVIDER.createObjectBuilder().add("caption", caption).build();
        var head = """
                --%1$s\r
                Content-Disposition: form-data; name="fileInfo"\r
                \r
                %2$s\r
                --%1$s\r
                Content-Disposition: form-data; name="files"; filename="%3$s"\r
                Content-Type: %4$s\r
                \r
                """.formatted(boundary, info, fileName, mediaType).getBytes(StandardCharsets.UTF_8);
        var tail = "\r\n--%s--\r\n".formatted(boundary).getBytes(StandardCharsets.UTF_8);
        var form = BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(List.of(head, content, tail)),
                (long) head.length + content.length + tail.length);
        var request = api("/api/upload").header("Content-Type", "multipart/form-data; boundary=" + boundary).POST(form);
        return json(sent(request, BodyHandlers.ofByteArray(), patience)).asJsonArray().getJsonObject(0);
    }

    /** Deletes a file, if there is one with that id. */
    public void remove(String id, Duration patience) {
        var answer = sent(api("/api/upload/files/" + id).DELETE(), BodyHandlers.ofByteArray(), patience);
        if (answer.statusCode() != 404) {
            json(answer);
        }
    }

    /** How many bytes there are at a file's address, if there are any. */
    public OptionalLong size(String path, Duration patience) {
        var answer = sent(request(path).HEAD(), BodyHandlers.discarding(), patience);
        return exists(answer) ? answer.headers().firstValueAsLong("content-length") : OptionalLong.empty();
    }

    /** Hands over the bytes at a file's address, piece by piece; tells whether there are any. */
    public boolean read(String path, Consumer<byte[]> pieces, Duration patience) {
        BodyHandler<Void> handler = info -> info.statusCode() == 200
                ? BodySubscribers.ofByteArrayConsumer(piece -> piece.ifPresent(pieces))
                : BodySubscribers.discarding();
        return exists(sent(request(path).GET(), handler, patience));
    }

    private static boolean exists(HttpResponse<?> answer) {
        return switch (answer.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw new StrapiException.Unavailable("Strapi answers " + answer.statusCode() + " for an upload");
        };
    }

    private HttpRequest.Builder api(String path) {
        return request(path).header("Authorization", authorization);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path));
    }

    private <T> HttpResponse<T> sent(HttpRequest.Builder request, BodyHandler<T> handler, Duration patience) {
        return Span.step("Strapi", Span.Kind.CLIENT, () -> {
            Span.current().ifPresent(span -> request.header(TraceContext.HEADER, span.context().header()));
            HttpResponse<T> answer = answered(request.build(), handler, patience);
            Span.current().ifPresent(span -> HttpSpans.answered(span, answer.statusCode()));
            return answer;
        });
    }

    private <T> HttpResponse<T> answered(HttpRequest request, BodyHandler<T> handler, Duration patience) {
        Span.current().ifPresent(span -> HttpSpans.asks(span, request.method(), request.uri()));
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new StrapiException.Unavailable("Strapi can't be reached: " + e.getCause(), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new StrapiException.Unavailable("Strapi doesn't answer in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new StrapiException.Unavailable("Nobody waits for Strapi's answer any more", e);
        }
    }

    private static JsonStructure json(HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case 200, 201 -> {
                // What was asked for.
            }
            case 401, 403 -> throw new StrapiException.Unauthorized(answer.statusCode());
            case 400, 413, 415, 422 -> throw new StrapiException.Invalid(reason(answer), List.of());
            default -> throw new StrapiException.Unavailable("Strapi answers " + answer.statusCode());
        }
        return parsed(answer).orElseThrow(() -> new StrapiException.Unavailable("Strapi's answer is not what Strapi answers"));
    }

    private static String reason(HttpResponse<byte[]> answer) {
        return parsed(answer).filter(JsonObject.class::isInstance)
                .map(body -> body.asJsonObject().getOrDefault("error", JsonValue.NULL))
                .filter(JsonObject.class::isInstance)
                .map(error -> error.asJsonObject().getString("message", ""))
                .filter(message -> !message.isBlank())
                .orElse("status " + answer.statusCode());
    }

    private static Optional<JsonStructure> parsed(HttpResponse<byte[]> answer) {
        try (var reader = Jsons.PROVIDER.createReader(new ByteArrayInputStream(answer.body()))) {
            return Optional.of(reader.read());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /** Gives the call under way up. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}

package org.claudeagentui.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks services over HTTP, each request with a deadline. */
public final class Http {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {
    }

    /** Asks for a resource. */
    public static Answer get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    /** Asks for a resource, or gives nothing where no answer comes. */
    public static Optional<Answer> tryGet(String url) {
        return tryGet(url, DEADLINE);
    }

    /** Asks for a resource, or gives nothing where no answer comes within the time. */
    public static Optional<Answer> tryGet(String url, Duration most) {
        try {
            return Optional.of(send(HttpRequest.newBuilder(URI.create(url)).GET(), most));
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Posts a JSON document. */
    public static Answer postJson(String url, String json) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Sends a request of the caller's making; a stack's service is asked as its administrator, unless it says who asks. */
    public static Answer send(HttpRequest.Builder request) {
        return send(request, DEADLINE);
    }

    private static Answer send(HttpRequest.Builder request, Duration deadline) {
        HttpRequest made = request.timeout(deadline).build();
        try {
            HttpResponse<String> response = sent(made);
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer from " + made.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking " + made.uri(), e);
        }
    }

    /** As an administrator, unless the request says who asks; one whose token was for data that are gone signs in anew. */
    private static HttpResponse<String> sent(HttpRequest request) throws IOException, InterruptedException {
        Optional<String> key = request.headers().map().containsKey("Authorization") || request.headers().map().containsKey("Cookie")
                ? Optional.empty()
                : Keys.authorization(request.uri());
        HttpResponse<String> response = CLIENT.send(with(request, key), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 401 || key.isEmpty()) {
            return response;
        }
        Keys.forget(request.uri());
        return CLIENT.send(with(request, Keys.authorization(request.uri())), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest with(HttpRequest request, Optional<String> key) {
        HttpRequest.Builder made = HttpRequest.newBuilder(request, (name, value) -> true);
        key.ifPresent(value -> made.setHeader("Authorization", value));
        return made.build();
    }
}

package org.claudeagentui.service.claude;

import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.tracing.HttpSpans;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.TraceContext;

import javax.net.ssl.SSLContext;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The Messages API over HTTP/1.1: one connection carries one answer, so that giving an answer up closes its connection
 * and troubles no other.
 */
public final class HttpModelClient implements ModelClient, AutoCloseable {

    private static final String API_VERSION = "2023-06-01";

    private final HttpClient http;
    private final ExecutorService executor;
    private final URI endpoint;
    private final String apiKey;
    private final Duration silence;

    /**
     * A client of the API that the settings name.
     *
     * @param connectTimeout longest time to make a connection, TLS included
     * @param silence longest time to wait for the next byte of an answer, its first included
     * @throws UnusableCertificates when the file of certificates to trust can't be used
     */
    public HttpModelClient(Settings.Model settings, Duration connectTimeout, Duration silence) throws UnusableCertificates {
        this.silence = Objects.requireNonNull(silence, "silence");
        endpoint = URI.create(settings.baseUrl() + "/v1/messages");
        apiKey = settings.apiKey().value();
        executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("model-http-", 0).factory());
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(executor);
        if (settings.caFile().isPresent()) {
            SSLContext trust = Trust.systemAnd(settings.caFile().get());
            builder.sslContext(trust);
        }
        http = builder.build();
    }

    @Override
    public ModelStream open(ModelRequest request, Deadline deadline) {
        HttpRequest.Builder question = HttpRequest.newBuilder(endpoint)
                .header("x-api-key", apiKey)
                .header("anthropic-version", API_VERSION)
                .header("content-type", "application/json")
                .header("accept", "text/event-stream")
                .POST(publisher(RequestBody.of(request)));
        Span.current().ifPresent(span -> {
            HttpSpans.addressed(span, endpoint);
            question.header(TraceContext.HEADER, span.context().header());
        });
        return HttpModelStream.send(http, question.build(), silence, deadline);
    }

    private static HttpRequest.BodyPublisher publisher(List<byte[]> pieces) {
        return HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArrays(pieces), pieces.stream()
                .mapToLong(piece -> piece.length)
                .sum());
    }

    /** Gives up all requests under way and frees what the client holds. */
    @Override
    public void close() {
        http.shutdownNow();
        executor.shutdownNow();
    }
}

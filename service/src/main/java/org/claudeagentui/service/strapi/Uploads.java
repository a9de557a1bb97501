package org.claudeagentui.service.strapi;

import org.claudeagentui.service.settings.Secret;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The way to the files that Strapi keeps. */
public final class Uploads implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final URI base;
    private final Secret token;
    private final ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("uploads-http-", 0).factory());

    Uploads(URI base, Secret token) {
        this.base = Objects.requireNonNull(base, "base");
        this.token = Objects.requireNonNull(token, "token");
    }

    /** Opens connections for some calls in a row, so that none is one that Strapi has tired of. */
    public UploadCalls open() {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor)
                .build();
        return new UploadCalls(client, base, "Bearer " + token.value());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}

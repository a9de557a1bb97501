package org.claudeagentui.service.tools;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Keeps hold of the HTTP client that somebody else has built, who would never close it. */
final class KeptHttpClient implements HttpClient.Builder {

    private final HttpClient.Builder builder;
    private Optional<HttpClient> client = Optional.empty();

    KeptHttpClient(HttpClient.Builder builder) {
        this.builder = builder;
    }

    /** Closes the client and all of its connections. */
    synchronized void cut() {
        client.ifPresent(HttpClient::shutdownNow);
    }

    @Override
    public synchronized HttpClient build() {
        HttpClient built = builder.build();
        client = Optional.of(built);
        return built;
    }

    @Override
    public HttpClient.Builder cookieHandler(CookieHandler handler) {
        builder.cookieHandler(handler);
        return this;
    }

    @Override
    public HttpClient.Builder connectTimeout(Duration duration) {
        builder.connectTimeout(duration);
        return this;
    }

    @Override
    public HttpClient.Builder sslContext(SSLContext context) {
        builder.sslContext(context);
        return this;
    }

    @Override
    public HttpClient.Builder sslParameters(SSLParameters parameters) {
        builder.sslParameters(parameters);
        return this;
    }

    @Override
    public HttpClient.Builder executor(Executor executor) {
        builder.executor(executor);
        return this;
    }

    @Override
    public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
        builder.followRedirects(policy);
        return this;
    }

    @Override
    public HttpClient.Builder version(HttpClient.Version version) {
        builder.version(version);
        return this;
    }

    @Override
    public HttpClient.Builder priority(int priority) {
        builder.priority(priority);
        return this;
    }

    @Override
    public HttpClient.Builder proxy(ProxySelector selector) {
        builder.proxy(selector);
        return this;
    }

    @Override
    public HttpClient.Builder authenticator(Authenticator authenticator) {
        builder.authenticator(authenticator);
        return this;
    }
}

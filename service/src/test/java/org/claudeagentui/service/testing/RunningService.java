package org.claudeagentui.service.testing;

import org.claudeagentui.service.Service;
import org.claudeagentui.service.logging.Logs;
import org.claudeagentui.service.security.TestUsers.User;
import org.claudeagentui.service.settings.InvalidSettings;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.settings.Settings.LogFormat;
import org.claudeagentui.service.settings.Settings.LogLevel;
import org.claudeagentui.service.settings.Settings.Logging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The service on a free port, before a Strapi that is a fake and a database that isn't there unless a test says otherwise. */
public final class RunningService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Service service;
    private final FakeStrapi strapi;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

    private RunningService(Service service, FakeStrapi strapi) {
        this.service = service;
        this.strapi = strapi;
    }

    /** Starts it with further environment variables, given as NAME=value. */
    public static RunningService start(String... variables) {
        Logs.configure(new Logging(LogLevel.ERROR, LogFormat.TEXT), Path.of("nowhere"));
        var strapi = FakeStrapi.start();
        var environment = new LinkedHashMap<>(Map.of("HOST", "127.0.0.1", "PORT", "0", "STRAPI_URL", strapi.url().toString(),
                "STRAPI_API_TOKEN",
                FakeStrapi.TOKEN, "DEMO_MODE", "true", "ANTHROPIC_BASE_URL", "http://127.0.0.1:1", "DATABASE_HOST", "127.0.0.1",
                "DATABASE_PORT", "1",
                "DATABASE_PASSWORD", "none"));
        Arrays.stream(variables).map(variable -> variable.split("=", 2)).forEach(pair -> environment.put(pair[0], pair[1]));
        try {
            return new RunningService(Service.start(Settings.from(environment)), strapi);
        } catch (InvalidSettings e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The Strapi behind it. */
    public FakeStrapi strapi() {
        return strapi;
    }

    /** The port that it listens on. */
    public int port() {
        return service.port();
    }

    /** Asks for something. */
    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Sends JSON. */
    public Answer send(String method, String path, String json, String... headers) {
        return send(request(path, headers).setHeader("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    /** Sends whatever the request says. */
    public Answer send(HttpRequest.Builder request) {
        try {
            return Answer.of(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request to it that has yet to be given a method; an administrator's, unless its headers say whose. */
    public HttpRequest.Builder request(String path, String... headers) {
        var request = anonymous(path, headers);
        return Arrays.asList(headers).contains("Authorization") ? request : request.header("Authorization", User.ADMIN.authorization());
    }

    /** A request that doesn't say whose it is, unless its headers do. */
    public HttpRequest.Builder anonymous(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        service.close();
        strapi.close();
        client.close();
    }
}

package org.claudeagentui.acceptance.promises;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.Http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** A user as in a browser: with the cookie of a session. */
final class Member {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final String name;
    private final String id;
    private final Credentials credentials;
    private final String cookie;

    private record Credentials(String email, String password) {}

    private Member(String base, String name, String id, Credentials credentials, String cookie) {
        this.base = base;
        this.name = name;
        this.id = id;
        this.credentials = credentials;
        this.cookie = cookie;
    }

    /** Adds a user of the stack's who is no administrator, and signs them in. */
    static Member join(ComposeStack stack, String name) {
        return join(stack, name, "authenticated");
    }

    /** Adds an administrator of the stack's, and signs them in. */
    static Member joinAsAdministrator(ComposeStack stack, String name) {
        return join(stack, name, "administrator");
    }

    private static Member join(ComposeStack stack, String name, String type) {
        String email = name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@example.org";
        String password = "Member-" + UUID.randomUUID();
        String[] role = stack.query("SELECT id, document_id FROM up_roles WHERE type = '" + type + "'").getFirst().split("\\|", 2);
        ObjectNode user = JSON.createObjectNode();
        user.putObject("role").putArray("connect").addObject().put("id", Integer.parseInt(role[0])).put("documentId", role[1]);
        StrapiAdmin.signIn(stack)
                .create("plugin::users-permissions.user", user
                        .put("username", email)
                        .put("email", email)
                        .put("password", password)
                        .put("provider", "local")
                        .put("confirmed", true)
                        .put("blocked", false)
                        .toString());
        Answer session = signIn(stack, email, password).orThrow();
        return new Member(stack.frontDoor(), name, session.json().at("/user/id").asText(), new Credentials(email, password), session
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .replaceFirst(";.*", ""));
    }

    /** Tries to sign somebody in. */
    static Answer signIn(ComposeStack stack, String identifier, String password) {
        return Http.send(HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/session"))
                .header("Content-Type", "application/json")
                .header("Cookie", "none=yet")
                .POST(BodyPublishers.ofString(JSON.createObjectNode().put("identifier", identifier).put("password", password).toString())));
    }

    String name() {
        return name;
    }

    /** The user's document id. */
    String id() {
        return id;
    }

    String email() {
        return credentials.email();
    }

    String password() {
        return credentials.password();
    }

    Answer get(String path) {
        return Http.send(request(path).GET());
    }

    Answer post(String path, String json) {
        return Http.send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    Answer send(String method, String path, String json) {
        return Http.send(request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return Http.send(request(path).DELETE());
    }

    /** Asks as this user, whatever the request says. */
    Answer send(HttpRequest.Builder request) {
        return Http.send(request.header("Cookie", cookie));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).header("Cookie", cookie);
    }

    /** Opens a run's stream with what is to be sent as Authorization. */
    static OpenStream stream(ComposeStack stack, String run, String authorization) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.frontDoor() + "/api/runs/" + run + "/events"))
                .header("Accept", "text/event-stream")
                .header("Authorization", authorization)
                .timeout(ANSWER)
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            return new OpenStream(client, response);
        } catch (IOException e) {
            client.close();
            throw new UncheckedIOException("No stream of run " + run, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A stream that is open. */
    record OpenStream(HttpClient client, HttpResponse<InputStream> response) implements AutoCloseable {

        /** Reads what still comes; how long that lasts. */
        Duration untilItEnds() {
            Instant from = Instant.now();
            try (InputStream body = response.body()) {
                body.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException("A stream broke off", e);
            }
            return Duration.between(from, Instant.now());
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}

package org.claudeagentui.acceptance.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.claudeagentui.acceptance.report.Secrets;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * API tokens of the stacks' administrators: whoever asks a stack's service is to bring one. A token is made when the first is needed, as a
 * user would: by signing in with the password that the stack was made with.
 */
public final class Keys {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Map<String, Supplier<EnvFile>> STACKS = new ConcurrentHashMap<>();
    /** An address is another container's later. */
    private static final Map<String, ComposeStack> OF_CONTAINERS = new ConcurrentHashMap<>();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private Keys() {
    }

    /** Has who asks at this authority, a host and a port, bring a token of the administrator whom the env file names. */
    static void register(String authority, Supplier<EnvFile> env) {
        STACKS.put(authority, env);
        TOKENS.remove(authority);
    }

    /** Has who asks a container of a stack's service be that stack's administrator. */
    public static void use(ComposeStack stack, String authority) {
        if (stack != OF_CONTAINERS.put(authority, stack)) {
            register(authority, stack::env);
        }
    }

    /** Has who asks a stack be the administrator of another, whose data this one has now. */
    public static void use(ComposeStack stack, EnvFile env) {
        register(URI.create(stack.frontDoor()).getAuthority(), () -> env);
    }

    /** What to send as Authorization to an address; nothing where none is needed, or nobody can be signed in there right now. */
    public static Optional<String> authorization(URI address) {
        String authority = address.getAuthority();
        if (!STACKS.containsKey(authority) || !(address.getPath().startsWith("/api/") || address.getPath().equals("/metrics"))) {
            return Optional.empty();
        }
        return Optional.ofNullable(TOKENS.computeIfAbsent(authority, Keys::made)).map(token -> "Bearer " + token);
    }

    /** The same as a line of a request's head, or nothing. */
    public static String headerLine(String authority) {
        return authorization(URI.create("http://" + authority + "/api/")).map(value -> "Authorization: " + value + "\r\n").orElse("");
    }

    /** The token that was given isn't taken any more: another is to be made. */
    static void forget(URI address) {
        TOKENS.remove(address.getAuthority());
    }

    private static @Nullable String made(String authority) {
        EnvFile env = Objects.requireNonNull(STACKS.get(authority)).get();
        String credentials = JSON.createObjectNode()
                .put("identifier", env.get("APP_ADMIN_EMAIL").orElse("admin@example.com"))
                .put("password", password(env))
                .toString();
        try {
            HttpResponse<String> session = post("http://" + authority + "/api/session", credentials, "");
            if (session.statusCode() != 200) {
                return null;
            }
            String cookie = session.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
            HttpResponse<String> token = post("http://" + authority + "/api/tokens", "{\"name\":\"acceptance\"}", cookie);
            String text = JSON.readTree(token.body()).path("token").asText();
            Secrets.register(text);
            return text;
        } catch (IOException e) {
            return null;
        }
    }

    /** As it stands in the env file, or in a file that this names; none before the stack is prepared. */
    private static String password(EnvFile env) {
        return env.get("APP_ADMIN_PASSWORD").or(() -> env.get("APP_ADMIN_PASSWORD_FILE").map(file -> {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("The administrator's password can't be read", e);
            }
        })).orElse("");
    }

    private static HttpResponse<String> post(String url, String json, String cookie) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        try {
            return CLIENT.send((cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while signing in at " + url, e);
        }
    }
}

package org.claudeagentui.service.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/** The part of Strapi's REST API that the service uses, with what can go wrong there. */
public final class FakeStrapi implements AutoCloseable {
    /** The token that it takes. */
    public static final String TOKEN = "token-of-the-service";

    private final HttpServer server;
    private final Map<String, JsonObject> agents = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.WELL;

    /** How it is. */
    public enum Mood {
        /** It does what it is asked to. */
        WELL,
        /** It cuts each connection. */
        AWAY,
        /** It answers 500 to everything. */
        BROKEN,
        /** It answers 200 with something else than JSON. */
        TALKING_NONSENSE,
        /** It answers nothing. */
        HANGING
    }

    private FakeStrapi(HttpServer server) {
        this.server = server;
    }

    /** Starts it on a free port. */
    public static FakeStrapi start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var strapi = new FakeStrapi(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", strapi::handle);
            server.start();
            return strapi;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Changes how it is. */
    public void is(Mood mood) {
        this.mood = mood;
    }

    /** Method and address of each request so far, decoded. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** An agent as it is kept. */
    public Optional<JsonObject> agent(String id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** Keeps an agent, without asking whether it is right. */
    public String keep(JsonObject attributes) {
        var id = "agent%018d".formatted(ids.incrementAndGet());
        agents.put(id, entry(id, attributes, JsonValue.EMPTY_JSON_OBJECT));
        return id;
    }

    /** Is well again and knows nothing. */
    public void reset() {
        mood = Mood.WELL;
        agents.clear();
        requests.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod() + " " + URLDecoder.decode(exchange.getRequestURI().toString(),
                    StandardCharsets.UTF_8));
            switch (mood) {
                case WELL -> answer(exchange);
                case AWAY -> exchange.getResponseBody().close();
                case BROKEN -> send(exchange, 500, error(500, "Internal Server Error", ""));
                case TALKING_NONSENSE -> send(exchange, 200, "<html>");
                case HANGING -> awaitAnotherMood();
            }
        }
    }

    private void awaitAnotherMood() {
        await().atMost(Duration.ofSeconds(30)).until(() -> mood != Mood.HANGING);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/_health")) {
            exchange.sendResponseHeaders(204, -1);
        } else if (!List.of("Bearer " + TOKEN).equals(exchange.getRequestHeaders().get("Authorization"))) {
            send(exchange, 401, error(401, "Missing or invalid credentials", ""));
        } else if (path.equals("/api/agents")) {
            answerAll(exchange);
        } else {
            answerOne(exchange, path.substring(path.lastIndexOf('/') + 1));
        }
    }

    private static boolean namesAMissingSkill(JsonObject attributes) {
        return attributes.get("skills") instanceof JsonArray skills && skills.toString().contains("missing");
    }

    private void answerAll(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, list(query(exchange)));
        } else {
            var attributes = body(exchange);
            if (namesAMissingSkill(attributes)) {
                send(exchange, 400, error(400, "Document with id \"missing\", locale \"null\" not found", ""));
            } else if (isTaken(attributes, "")) {
                send(exchange, 400, error(400, "This attribute must be unique", "name"));
            } else {
                send(exchange, 201, data(agents.get(keep(attributes))));
            }
        }
    }

    private void answerOne(HttpExchange exchange, String id) throws IOException {
        var agent = agents.get(id);
        if (agent == null && !exchange.getRequestMethod().equals("DELETE")) {
            send(exchange, 404, error(404, "Not Found", ""));
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> send(exchange, 200, data(agent));
            case "PUT" -> {
                var attributes = body(exchange);
                if (isTaken(attributes, id)) {
                    send(exchange, 400, error(400, "This attribute must be unique", "name"));
                } else {
                    agents.put(id, entry(id, attributes, agent));
                    send(exchange, 200, data(agents.get(id)));
                }
            }
            case "DELETE" -> {
                agents.remove(id);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> send(exchange, 405, error(405, "Method Not Allowed", ""));
        }
    }

    private boolean isTaken(JsonObject attributes, String except) {
        return agents.values()
                .stream()
                .filter(agent -> !agent.getString("documentId").equals(except))
                .anyMatch(agent -> agent.getString("name").equals(attributes.getString("name", "")));
    }

    private String list(Map<String, String> query) {
        var page = Integer.parseInt(query.get("pagination[page]"));
        var size = Integer.parseInt(query.get("pagination[pageSize]"));
        var search = query.getOrDefault("filters[$or][0][name][$containsi]", "").toLowerCase(Locale.ROOT);
        var byName = Comparator.comparing((JsonObject agent) -> agent.getString("name"));
        var found = agents.values()
                .stream()
                .filter(agent -> agent.getString("name").toLowerCase(Locale.ROOT).contains(search))
                .sorted(query.get("sort").startsWith("name:desc") ? byName.reversed() : byName)
                .toList();
        var entries = Json.createArrayBuilder();
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(entries::add);
        return Json.createObjectBuilder()
                .add("data", entries)
                .add("meta", Json.createObjectBuilder()
                        .add("pagination", Json.createObjectBuilder()
                                .add("page", page)
                                .add("pageSize", size)
                                .add("total", found.size())))
                .build()
                .toString();
    }

    private static JsonObject entry(String id, JsonObject attributes, JsonObject before) {
        var now = Instant.parse("2026-01-02T03:04:05.678Z").toString();
        var entry = Json.createObjectBuilder(before).add("documentId", id);
        attributes.forEach(entry::add);
        if (attributes.get("skills") instanceof JsonArray skills) {
            var populated = Json.createArrayBuilder();
            skills.getValuesAs(JsonString.class)
                    .forEach(skill -> populated.add(Json.createObjectBuilder()
                            .add("documentId", skill)
                            .add("name", "Skill " + skill.getString())
                            .add("content", "Content of " + skill.getString())));
            entry.add("skills", populated);
        }
        return entry.add("createdAt", now).add("updatedAt", now).build();
    }

    private static String data(JsonObject entry) {
        return Json.createObjectBuilder().add("data", entry).build().toString();
    }

    private static String error(int status, String message, String field) {
        var errors = Json.createArrayBuilder();
        if (!field.isEmpty()) {
            errors.add(Json.createObjectBuilder().add("path", Json.createArrayBuilder().add(field)).add("message", message));
        }
        return Json.createObjectBuilder()
                .addNull("data")
                .add("error", Json.createObjectBuilder()
                        .add("status", status)
                        .add("message", message)
                        .add("details", Json.createObjectBuilder().add("errors", errors)))
                .build()
                .toString();
    }

    private static JsonObject body(HttpExchange exchange) {
        try (var reader = Json.createReader(exchange.getRequestBody())) {
            return reader.readObject().getJsonObject("data");
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

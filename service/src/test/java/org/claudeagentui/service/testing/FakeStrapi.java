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
import java.util.concurrent.CountDownLatch;
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
    private final Map<String, JsonObject> servers = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> secrets = new ConcurrentHashMap<>();
    private final FakeCollections collections = new FakeCollections();
    private final FakeUploads uploads = new FakeUploads();
    private volatile boolean hasAnotherKey;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.WELL;
    private final AtomicInteger held = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holding;

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

    /** Keeps the answers to reads to itself from now on, each as it was when the read came, until they are {@linkplain #release released}. */
    public void hold() {
        holding = true;
    }

    /** Answers the reads that come from now on at once. */
    public void holdNoMore() {
        holding = false;
    }

    /** Waits until so many answers have been held. */
    public void awaitHeld(int answers) {
        await().atMost(Duration.ofSeconds(10)).until(() -> held.get() >= answers);
    }

    /** Gives the answers that it held, for good. */
    public void release() {
        holding = false;
        released.countDown();
    }

    /** Method and address of each request so far, decoded. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Its tasks, chats and messages. */
    public FakeCollections collections() {
        return collections;
    }

    /** Its uploads. */
    public FakeUploads uploads() {
        return uploads;
    }

    /** An agent as it is kept. */
    public Optional<JsonObject> agent(String id) {
        return Optional.ofNullable(agents.get(id));
    }

    /** Keeps an agent, without asking whether it is right. */
    public String keep(JsonObject attributes) {
        return keep(agents, attributes);
    }

    /** An MCP server as it is kept, without its secrets. */
    public Optional<JsonObject> server(String id) {
        return Optional.ofNullable(servers.get(id));
    }

    /** Keeps an MCP server, without asking whether it is right. */
    public String keepServer(JsonObject attributes) {
        return keep(servers, attributes);
    }

    /** Gives an MCP server another address, and tells nobody. */
    public void moveServer(String id, URI url) {
        servers.computeIfPresent(id, (_, entry) -> Json.createObjectBuilder(entry).add("url", url.toString()).build());
    }

    /** What an MCP server is told in secret. */
    public JsonObject secrets(String id) {
        return secrets.getOrDefault(id, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Has another key than that with which secrets were stored. */
    public void losesItsKey() {
        hasAnotherKey = true;
    }

    private String keep(Map<String, JsonObject> entries, JsonObject attributes) {
        var id = "entry%018d".formatted(ids.incrementAndGet());
        entries.put(id, entry(id, told(id, attributes), JsonValue.EMPTY_JSON_OBJECT));
        return id;
    }

    /** The attributes that can be asked for: of env and headers only the names. */
    private JsonObject told(String id, JsonObject attributes) {
        var told = Json.createObjectBuilder(attributes);
        for (var field : List.of("env", "headers")) {
            if (attributes.containsKey(field)) {
                var value = attributes.get(field) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
                secrets.merge(id, Json.createObjectBuilder().add(field, value).build(),
                        (before, after) -> Json.createObjectBuilder(before).addAll(Json.createObjectBuilder(after)).build());
                told.remove(field).add(field.replaceFirst("s$", "") + "Names", Json.createArrayBuilder(value.keySet()));
            }
        }
        return told.build();
    }

    /** Is well again and knows nothing. */
    public void reset() {
        mood = Mood.WELL;
        agents.clear();
        servers.clear();
        secrets.clear();
        collections.clear();
        uploads.clear();
        hasAnotherKey = false;
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

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAnotherMood() {
        await().atMost(Duration.ofSeconds(30)).until(() -> mood != Mood.HANGING);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/_health")) {
            exchange.sendResponseHeaders(204, -1);
        } else if (path.startsWith("/uploads/")) {
            uploads.answerFile(exchange);
        } else if (!List.of("Bearer " + TOKEN).equals(exchange.getRequestHeaders().get("Authorization"))) {
            send(exchange, 401, error(401, "Missing or invalid credentials", ""));
        } else if (path.startsWith("/api/upload")) {
            uploads.answerApi(exchange, (status, json) -> send(exchange, status, json));
        } else {
            var parts = path.split("/", -1);
            if (FakeCollections.has(parts[2])) {
                answerCollection(exchange, parts);
                return;
            }
            var entries = parts[2].equals("agents") ? agents : servers;
            if (parts.length == 3) {
                answerAll(exchange, entries);
            } else if (parts.length == 4) {
                answerOne(exchange, entries, parts[3]);
            } else {
                answerSecrets(exchange, parts[3]);
            }
        }
    }

    private void answerCollection(HttpExchange exchange, String[] parts) throws IOException {
        var hasBody = List.of("POST", "PUT").contains(exchange.getRequestMethod());
        collections.answer(exchange, parts[2], parts.length == 4 ? Optional.of(parts[3]) : Optional.empty(),
                hasBody ? body(exchange) : JsonValue.EMPTY_JSON_OBJECT, exchange.getRequestURI().getRawQuery() == null
                        ? Map.of()
                        : query(
                                exchange), (status, json) -> send(exchange, status, json));
    }

    private static boolean namesAMissingEntry(JsonObject attributes) {
        return List.of("skills", "mcpServers")
                .stream()
                .anyMatch(relation -> attributes.get(relation) instanceof JsonArray named && named.toString().contains("missing"));
    }

    private void answerSecrets(HttpExchange exchange, String id) throws IOException {
        if (hasAnotherKey) {
            send(exchange, 409, error(409,
                    "env and headers of the MCP server \"%s\" were stored under another STRAPI_API_TOKEN_SALT: enter them again"
                            .formatted(id), ""));
        } else {
            send(exchange, 200, data(secrets(id)));
        }
    }

    private void answerAll(HttpExchange exchange, Map<String, JsonObject> entries) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, list(query(exchange), entries));
        } else {
            var attributes = body(exchange);
            if (namesAMissingEntry(attributes)) {
                send(exchange, 400, error(400, "Document with id \"missing\", locale \"null\" not found", ""));
            } else if (isTaken(entries, attributes, "")) {
                send(exchange, 400, error(400, "This attribute must be unique", "name"));
            } else {
                send(exchange, 201, data(entries.get(keep(entries, attributes))));
            }
        }
    }

    private void answerOne(HttpExchange exchange, Map<String, JsonObject> entries, String id) throws IOException {
        var entry = entries.get(id);
        if (entry == null && !exchange.getRequestMethod().equals("DELETE")) {
            send(exchange, 404, error(404, "Not Found", ""));
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET" -> send(exchange, 200, data(entry));
            case "PUT" -> {
                var attributes = body(exchange);
                if (isTaken(entries, attributes, id)) {
                    send(exchange, 400, error(400, "This attribute must be unique", "name"));
                } else {
                    entries.put(id, entry(id, told(id, attributes), entry));
                    send(exchange, 200, data(entries.get(id)));
                }
            }
            case "DELETE" -> {
                entries.remove(id);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> send(exchange, 405, error(405, "Method Not Allowed", ""));
        }
    }

    private static boolean isTaken(Map<String, JsonObject> entries, JsonObject attributes, String except) {
        return entries.values()
                .stream()
                .filter(agent -> !agent.getString("documentId").equals(except))
                .anyMatch(agent -> agent.getString("name").equals(attributes.getString("name", "")));
    }

    private static String list(Map<String, String> query, Map<String, JsonObject> entries) {
        var page = Integer.parseInt(query.get("pagination[page]"));
        var size = Integer.parseInt(query.get("pagination[pageSize]"));
        var search = query.getOrDefault("filters[$or][0][name][$containsi]", "").toLowerCase(Locale.ROOT);
        var byName = Comparator.comparing((JsonObject agent) -> agent.getString("name"));
        var found = entries.values()
                .stream()
                .filter(agent -> agent.getString("name").toLowerCase(Locale.ROOT).contains(search))
                .sorted(query.get("sort").startsWith("name:desc") ? byName.reversed() : byName)
                .toList();
        var listed = Json.createArrayBuilder();
        found.stream().skip((long) (page - 1) * size).limit(size).forEach(listed::add);
        return Json.createObjectBuilder()
                .add("data", listed)
                .add("meta", Json.createObjectBuilder()
                        .add("pagination", Json.createObjectBuilder()
                                .add("page", page)
                                .add("pageSize", size)
                                .add("total", found.size())))
                .build()
                .toString();
    }

    private JsonObject entry(String id, JsonObject attributes, JsonObject before) {
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
        if (attributes.get("mcpServers") instanceof JsonArray named) {
            var populated = Json.createArrayBuilder();
            named.getValuesAs(JsonString.class)
                    .forEach(server -> populated.add(servers.getOrDefault(server.getString(), Json.createObjectBuilder()
                            .add("documentId", server)
                            .add("name", "Server " + server.getString())
                            .build())));
            entry.add("mcpServers", populated);
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

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        if (holding && exchange.getRequestMethod().equals("GET")) {
            held.incrementAndGet();
            awaitRelease();
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

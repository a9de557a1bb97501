package org.claudeagentui.service.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.io.IOException;
import java.io.StringReader;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.awaitility.Awaitility.await;

/** The part of Strapi's REST API that the service uses, with what can go wrong there. */
public final class FakeStrapi implements AutoCloseable {
    /** The token that it takes. */
    public static final String TOKEN = "token-of-the-service";

    private static final Pattern FILTER = Pattern.compile("filters\\[(?<name>[A-Za-z]+)](?:\\[(?<deeper>[A-Za-z]+)])?\\[\\$eq]");

    private final HttpServer server;
    private final Map<String, JsonObject> agents = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> servers = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> skills = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> secrets = new ConcurrentHashMap<>();
    private final FakeCollections collections = new FakeCollections();
    private final FakeUploads uploads = new FakeUploads();
    private final FakeAccounts accounts = new FakeAccounts();
    private volatile boolean hasAnotherKey;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.WELL;
    private final AtomicInteger held = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holding;
    private final AtomicInteger hiccups = new AtomicInteger();
    private volatile Runnable beforeWrite = () -> {};

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

    /** Cuts so many of the next connections, and then does as it always did. */
    public void cuts(int connections) {
        hiccups.set(connections);
    }

    /** Has something happen once, just before the next change or deletion is looked at. */
    public void beforeWrite(Runnable event) {
        beforeWrite = event;
    }

    /** Changes an agent without being asked by the service. */
    public void changeAgent(String id, JsonObject attributes) {
        agents.computeIfPresent(id, (_, entry) -> Json.createObjectBuilder(entry(id, attributes, entry))
                .add("updatedAt", Instant.parse("2026-01-02T03:04:06.789Z").plusMillis(ids.incrementAndGet()).toString())
                .build());
    }

    /** A skill as it is kept. */
    public Optional<JsonObject> skill(String id) {
        return Optional.ofNullable(skills.get(id));
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

    /** Its users. */
    public FakeAccounts accounts() {
        return accounts;
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
        return keep(entries, "entry%018d".formatted(ids.incrementAndGet()), attributes);
    }

    private String keep(Map<String, JsonObject> entries, String id, JsonObject attributes) {
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
        skills.clear();
        hiccups.set(0);
        beforeWrite = () -> {};
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
            if (hiccups.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.getResponseBody().close();
                return;
            }
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
        } else if (path.startsWith("/api/accounts/")) {
            accounts.answer(exchange, (status, json) -> send(exchange, status, json));
        } else {
            var parts = path.split("/", -1);
            if (FakeCollections.has(parts[2])) {
                answerCollection(exchange, parts);
                return;
            }
            var entries = switch (parts[2]) {
                case "agents" -> agents;
                case "skills" -> skills;
                default -> servers;
            };
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
            var chosen = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Entry-Id")).filter(id -> !id.isEmpty());
            if (chosen.filter(entries::containsKey).isPresent()) {
                send(exchange, 201, data(entries.get(chosen.get())));
            } else if (namesAMissingEntry(attributes)) {
                send(exchange, 400, error(400, "Document with id \"missing\", locale \"null\" not found", ""));
            } else if (isTaken(entries, attributes, "")) {
                send(exchange, 400, error(400, "This attribute must be unique", "name"));
            } else {
                var id = chosen.map(it -> keep(entries, it, attributes)).orElseGet(() -> keep(entries, attributes));
                send(exchange, 201, data(entries.get(id)));
            }
        }
    }

    private void answerOne(HttpExchange exchange, Map<String, JsonObject> entries, String id) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            var event = beforeWrite;
            beforeWrite = () -> {};
            event.run();
        }
        var entry = entries.get(id);
        if (entry != null && !isExpected(exchange, entry)) {
            send(exchange, 400, error(400, "The entry is not as it is expected to be", "").replace("\"status\":400",
                    "\"status\":400,\"name\":\"EntryChangedError\""));
            return;
        }
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

    private static boolean isExpected(HttpExchange exchange, JsonObject entry) {
        var expected = exchange.getRequestHeaders().getFirst("Expected-Entry");
        if (expected == null || expected.isEmpty()) {
            return true;
        }
        try (var reader = Json.createReader(new StringReader(expected))) {
            return reader.readObject().getString("updatedAt").equals(entry.getString("updatedAt"));
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
                .filter(entry -> query.entrySet().stream().allMatch(parameter -> isNarrowedTo(entry, parameter)))
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

    private static boolean isNarrowedTo(JsonObject entry, Map.Entry<String, String> parameter) {
        var filter = FILTER.matcher(parameter.getKey());
        if (!filter.matches()) {
            return true;
        }
        var value = entry.getOrDefault(filter.group("name"), JsonValue.NULL);
        return switch (value) {
            case JsonArray related -> related.getValuesAs(JsonObject.class)
                    .stream()
                    .anyMatch(it -> it.getString(filter.group("deeper")).equals(parameter.getValue()));
            case JsonString text -> text.getString().equals(parameter.getValue());
            default -> value.toString().equals(parameter.getValue());
        };
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

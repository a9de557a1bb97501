package org.claudeagentui.service.tools;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An MCP server that speaks streamable HTTP at one address and SSE at another, and does with a call what a test says. */
public final class FakeMcpServer implements AutoCloseable {

    private static final String SESSION = "session-1";

    private final HttpServer server;
    private final Map<String, Behaviour> tools = new ConcurrentSkipListMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Long> hungUp = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<OutputStream> stream = new CompletableFuture<>();

    /** What a tool does. */
    public interface Behaviour {

        /** The text that it answers; nothing where it never does. */
        Optional<String> answer(JsonObject input) throws InterruptedException;
    }

    private FakeMcpServer(HttpServer server) {
        this.server = server;
    }

    public static FakeMcpServer start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var fake = new FakeMcpServer(server);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", fake::handle);
        server.createContext("/sse", fake::stream);
        server.createContext("/messages", fake::message);
        server.start();
        return fake;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp?tenant=1");
    }

    public URI sseUrl() {
        return url().resolve("/sse");
    }

    /** Has a tool that does that; one whose name begins with {@code failing} tells that what it answers is an error. */
    public FakeMcpServer with(String tool, Behaviour behaviour) {
        tools.put(tool, behaviour);
        return this;
    }

    /** The methods that were asked for, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The Authorization of each request. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** Done, with {@link System#nanoTime()}, when the client hangs up on a tool that never answers. */
    public CompletableFuture<Long> hungUp() {
        return hungUp;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange);
                case "DELETE" -> {
                    requests.add("DELETE " + exchange.getRequestHeaders().getFirst("Mcp-Session-Id"));
                    exchange.sendResponseHeaders(200, -1);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpExchange exchange) throws IOException, InterruptedException {
        JsonObject message = body(exchange);
        requests.add(message.getString("method"));
        if (!message.containsKey("id")) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        exchange.getResponseHeaders().set("Mcp-Session-Id", SESSION);
        Optional<String> answer = answer(message);
        if (answer.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            beatUntilHungUp(exchange.getResponseBody());
        } else {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void beatUntilHungUp(OutputStream body) throws InterruptedException {
        try {
            while (!closed.await(20, TimeUnit.MILLISECONDS)) {
                body.write(": still at it\n\n".getBytes(StandardCharsets.UTF_8));
                body.flush();
            }
        } catch (IOException e) {
            hungUp.complete(System.nanoTime());
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            write(body, "endpoint", "/messages?session=1");
            stream.complete(body);
            beatUntilHungUp(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void message(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonObject message = body(exchange);
            requests.add(message.getString("method"));
            exchange.sendResponseHeaders(202, -1);
            if (message.containsKey("id")) {
                Optional<String> answer = answer(message);
                if (answer.isPresent()) {
                    write(stream.join(), "message", answer.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(OutputStream stream, String event, String data) throws IOException {
        stream.write(("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
    }

    private Optional<String> answer(JsonObject message) throws InterruptedException {
        JsonObject params = message.containsKey("params") ? message.getJsonObject("params") : JsonValue.EMPTY_JSON_OBJECT;
        return switch (message.getString("method")) {
            case "initialize" -> Optional.of(result(message, """
                    {"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"fake","version":"1"}}"""));
            case "tools/list" -> {
                var list = Json.createArrayBuilder();
                tools.keySet()
                        .forEach(name -> list.add(Json.createObjectBuilder()
                                .add("name", name)
                                .add("description", "Does " + name)
                                .add("inputSchema", Json.createObjectBuilder().add("type", "object"))));
                yield Optional.of(result(message, Json.createObjectBuilder().add("tools", list).build().toString()));
            }
            case "tools/call" -> called(message, params);
            default -> Optional.of("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id")
                    + ",\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
        };
    }

    private Optional<String> called(JsonObject message, JsonObject params) throws InterruptedException {
        String tool = params.getString("name");
        Optional<String> text = tools.getOrDefault(tool, _ -> Optional.of("no such tool")).answer(params.getJsonObject("arguments"));
        return text.map(answer -> result(message, Json.createObjectBuilder()
                .add("content", Json.createArrayBuilder().add(Json.createObjectBuilder().add("type", "text").add("text", answer)))
                .add("isError", tool.startsWith("failing"))
                .build()
                .toString()));
    }

    private static String result(JsonObject message, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id") + ",\"result\":" + result + "}";
    }

    private static JsonObject body(HttpExchange exchange) {
        try (var reader = Json.createReader(exchange.getRequestBody())) {
            return reader.readObject();
        }
    }
}

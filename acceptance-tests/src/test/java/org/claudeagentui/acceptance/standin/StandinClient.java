package org.claudeagentui.acceptance.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The stand-in's control, for tests. */
public final class StandinClient implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE).build();

    /** For a stand-in reached at a base address such as {@code http://127.0.0.1:8080}. */
    public StandinClient(URI base) {
        this.base = base;
    }

    /** Puts a script in force, behind those that are; its id. */
    public String add(StandinScript script) {
        return exchange("POST", "scripts", script.toJson(), 201).path("id").asText();
    }

    /** Forgets scripts, requests, calls of tools, traces and waiting handshake faults. */
    public void clear() {
        exchange("DELETE", "scripts", "", 204);
        exchange("DELETE", "requests", "", 204);
        exchange("DELETE", "tool-calls", "", 204);
        exchange("DELETE", "traces", "", 204);
        exchange("DELETE", "handshakes", "", 204);
    }

    public void removeScript(String id) {
        exchange("DELETE", "scripts/" + id, "", 204);
    }

    /** Lets the next TLS handshakes fail: {@code stall}, {@code reset} or {@code garbage}. */
    public void failHandshakes(String fault, int times) {
        exchange("POST", "handshakes", JSON.createObjectNode().put("fault", fault).put("times", times).toString(), 201);
    }

    /** The requests of which the last user message contains the text, oldest first, with the times of their events. */
    public List<RecordedRequest> requests(String inputContains) {
        return requests(inputContains, true);
    }

    /** Waits until one of those requests is as wanted, and gives the first such. */
    public RecordedRequest await(String inputContains, Predicate<RecordedRequest> wanted, Duration deadline) {
        return Awaitility.await("a request with “" + inputContains + "” as wanted")
                .atMost(deadline)
                .pollInterval(POLL)
                .until(() -> requests(inputContains, true).stream().filter(wanted).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    /** The calls of its tools of which the arguments contain the text, oldest first. */
    public List<RecordedToolCall> toolCalls(String argumentsContain) {
        JsonNode found = exchange("GET", "tool-calls?argumentsContain=" + URLEncoder.encode(argumentsContain, UTF_8), "", 200);
        return StreamSupport.stream(found.spliterator(), false).map(RecordedToolCall::of).toList();
    }

    /** Waits until one of those calls is as wanted, and gives the first such. */
    public RecordedToolCall awaitToolCall(String argumentsContain, Predicate<RecordedToolCall> wanted, Duration deadline) {
        return Awaitility.await("a call of a tool with “" + argumentsContain + "” as wanted")
                .atMost(deadline)
                .pollInterval(POLL)
                .until(() -> toolCalls(argumentsContain).stream().filter(wanted).toList(), found -> !found.isEmpty())
                .getFirst();
    }

    /** Waits until the steps of a trace that it was sent are as wanted, and gives them. */
    public List<TraceSpan> awaitTrace(String trace, Predicate<List<TraceSpan>> wanted, Duration deadline) {
        return Awaitility.await("steps of the trace " + trace + " as wanted")
                .atMost(deadline)
                .pollInterval(POLL)
                .until(() -> trace(trace), wanted);
    }

    private List<TraceSpan> trace(String trace) {
        return StreamSupport.stream(exchange("GET", "traces", "", 200).spliterator(), false)
                .flatMap(batch -> TraceSpan.of(Base64.getDecoder().decode(batch.asText())).stream())
                .filter(span -> span.trace().equals(trace))
                .toList();
    }

    private List<RecordedRequest> requests(String inputContains, boolean events) {
        JsonNode found = exchange("GET", "requests?events=" + events + "&inputContains=" + URLEncoder.encode(inputContains, UTF_8), "",
                200);
        return StreamSupport.stream(found.spliterator(), false).map(RecordedRequest::of).toList();
    }

    private JsonNode exchange(String method, String path, String body, int expected) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/_standin/" + path))
                .timeout(DEADLINE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw new IllegalStateException(
                        method + " " + request.uri() + " was answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + request.uri() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at " + method + " " + request.uri(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}

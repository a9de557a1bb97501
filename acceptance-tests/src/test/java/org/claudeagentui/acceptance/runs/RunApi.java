package org.claudeagentui.acceptance.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.Http;
import org.claudeagentui.acceptance.stack.Keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

/** The service's API of runs, at one address. */
public final class RunApi {
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String base;
    private final Duration most;

    /**
     * The API at an address such as {@code http://127.0.0.1:80}.
     *
     * @param most the longest that a run may take to its end, as its watchers see it
     */
    public RunApi(String base, Duration most) {
        this.base = base;
        this.most = most;
    }

    /** Makes an agent with these settings besides a name, and a system prompt if they have none; its id. */
    public String agent(String settings) {
        try {
            ObjectNode agent = (ObjectNode) JSON.readTree(settings);
            agent.put("name", "Runner " + UUID.randomUUID());
            if (!agent.has("systemPrompt")) {
                agent.put("systemPrompt", "Answer what you are asked.");
            }
            return Http.postJson(base + "/api/agents", agent.toString()).orThrow().json().path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("No settings of an agent: " + settings, e);
        }
    }

    /** Makes an MCP server of that name, with these settings, unless there is one; its id. */
    public String mcpServer(String name, String settings) {
        try {
            ObjectNode server = (ObjectNode) JSON.readTree(settings);
            Answer answer = Http.postJson(base + "/api/mcp-servers", server.put("name", name).toString());
            return answer.status() == 409 ? mcpServer(name) : answer.orThrow().json().path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException("No settings of an MCP server: " + settings, e);
        }
    }

    private String mcpServer(String name) {
        JsonNode servers = Http.get(base + "/api/mcp-servers?pageSize=100&search=" + URLEncoder.encode(name, UTF_8))
                .orThrow()
                .json()
                .path("data");
        return StreamSupport.stream(servers.spliterator(), false)
                .filter(server -> server.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    /** Asks for a run. */
    public Answer submit(String agent, String input) {
        return Http.postJson(base + "/api/runs", JSON.createObjectNode().put("agentId", agent).put("input", input).toString());
    }

    /** Asks for a run with attachments, as JSON. */
    public Answer submit(String agent, String input, JsonNode attachments) {
        ObjectNode run = JSON.createObjectNode().put("agentId", agent).put("input", input);
        return Http.postJson(base + "/api/runs", run.<ObjectNode>set("attachments", attachments).toString());
    }

    /** Starts a run; its id. */
    public String start(String agent, String input) {
        return submit(agent, input).orThrow().json().path("id").asText();
    }

    /** Asks for a run's end. */
    public Answer cancel(String run) {
        return Http.postJson(base + "/api/runs/" + run + "/cancel", "{}");
    }

    /** A run as it stands. */
    public JsonNode run(String run) {
        return Http.get(base + "/api/runs/" + run).orThrow().json();
    }

    /**
     * Follows a run from after the event of that number, 0 for the first; nothing where there is none more.
     *
     * @throws IOException when no stream is given
     */
    public Optional<EventStream> follow(String run, long after) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/runs/" + run + "/events"))
                .header("Accept", "text/event-stream")
                .timeout(ANSWER);
        Keys.authorization(URI.create(base + "/api/runs")).ifPresent(key -> request.header("Authorization", key));
        if (after > 0) {
            request.header("Last-Event-ID", String.valueOf(after));
        }
        try {
            HttpResponse<InputStream> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 204) {
                response.body().close();
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                response.body().close();
                throw new IOException("Status " + response.statusCode());
            }
            return Optional.of(new EventStream(response, most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while following run " + run, e);
        }
    }

    /** What a client has that never lost its connection, and came when all was over: the journal in full. */
    public List<RunEvent> replay(String run) {
        List<RunEvent> events = rest(run, 0);
        if (events.isEmpty() || !events.getLast().ends()) {
            throw new IllegalStateException("Run %s has not ended; it has %d events".formatted(run, events.size()));
        }
        return events;
    }

    /** The events after that one, over one connection. */
    public List<RunEvent> rest(String run, long after) {
        try {
            Optional<EventStream> stream = follow(run, after);
            if (stream.isEmpty()) {
                return List.of();
            }
            try (EventStream events = stream.get()) {
                return events.until("");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Run %s cannot be followed from %d on".formatted(run, after), e);
        }
    }

    /** Follows a run to its end, and connects again from where it was whenever a connection breaks or none is given. */
    public List<RunEvent> persistently(String run) {
        return persistently(run, List.of());
    }

    /** Goes on so from the events that it has seen already; all of them. */
    public List<RunEvent> persistently(String run, List<RunEvent> before) {
        List<RunEvent> seen = new ArrayList<>(before);
        await("the end of run " + run).atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(BETWEEN_TRIES)
                .until(() -> goesOn(run, seen));
        return List.copyOf(seen);
    }

    /** Waits until a run has come to the event of that number. */
    public void awaitEvent(String run, int number) {
        try (EventStream stream = follow(run, 0).orElseThrow()) {
            Optional<RunEvent> event = stream.next();
            while (event.isPresent() && event.get().id() < number) {
                event = stream.next();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Run %s has no event %d".formatted(run, number), e);
        }
    }

    private boolean goesOn(String run, List<RunEvent> seen) {
        try {
            Optional<EventStream> stream = follow(run, seen.isEmpty() ? 0 : seen.getLast().id());
            if (stream.isEmpty()) {
                return true;
            }
            try (EventStream events = stream.get()) {
                for (Optional<RunEvent> event = events.next(); event.isPresent(); event = events.next()) {
                    seen.add(event.get());
                }
            }
        } catch (IOException e) {
            // What a client does then: it asks again.
            return false;
        }
        return !seen.isEmpty() && seen.getLast().ends();
    }
}

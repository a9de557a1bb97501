package org.claudeagentui.service.tools;

import jakarta.json.JsonObject;
import org.claudeagentui.service.tracing.Span;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The tools of one run, and the connections to their servers. One thread opens; any thread may call, and close. */
public final class Toolbox implements AutoCloseable {

    private static final Logger LOGGER = System.getLogger(Toolbox.class.getName());

    private final ToolSelection selection;
    private final ToolServers servers;
    private final Set<String> programs;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Set<McpConnection> connections = new HashSet<>();
    private volatile Map<String, Offer> offers = Map.of();
    private boolean closed;

    private sealed interface Outcome {
        record Opened(List<Offer> offers) implements Outcome {}

        record Failed(ToolServerException cause) implements Outcome {}

        record Closed() implements Outcome {}
    }

    private record Offer(String server, McpConnection connection, Tool tool) {}

    Toolbox(ToolSelection selection, ToolServers servers, Set<String> programs) {
        this.selection = selection;
        this.servers = servers;
        this.programs = programs;
    }

    void begin() {
        selection.servers()
                .forEach(server -> Thread.ofVirtual()
                        .name("mcp-open-" + server.id())
                        .start(Span.continuing(() -> outcomes.add(outcome(server)))));
    }

    /**
     * Waits until all servers are open, and tells what tools the agent has of them.
     *
     * @throws ToolServerException naming a server that can't be opened
     * @throws TimeoutException when that takes longer
     * @throws CancellationException when the toolbox was closed
     */
    public List<Tool> tools(Duration patience) throws ToolServerException, TimeoutException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        var found = new ArrayList<Offer>();
        for (var _ : selection.servers()) {
            switch (Optional.ofNullable(outcomes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS)).orElseThrow(TimeoutException::new)) {
                case Outcome.Opened(List<Offer> some) -> found.addAll(some);
                case Outcome.Failed(ToolServerException cause) -> throw cause;
                case Outcome.Closed() -> throw new CancellationException("the toolbox was closed");
            }
        }
        offers = named(found);
        return offers.entrySet()
                .stream()
                .map(offer -> new Tool(offer.getKey(), offer.getValue().tool().description(), offer.getValue().tool().inputSchema()))
                .toList();
    }

    /**
     * Calls a tool and waits for its answer. Whatever goes wrong is an answer, too.
     *
     * @param name the tool's name toward the model
     * @param patience how long it may take
     */
    public ToolResult call(String name, JsonObject input, Duration patience) {
        Offer offer = offers.get(name);
        return offer == null
                ? ToolResult.failed("There is no tool with this name.")
                : offer.connection().call(offer.tool().name(), input, patience);
    }

    /** Gives up what is being opened or called, and closes all connections. */
    @Override
    public void close() {
        List<McpConnection> open;
        synchronized (connections) {
            closed = true;
            open = List.copyOf(connections);
        }
        outcomes.add(new Outcome.Closed());
        open.forEach(McpConnection::close);
    }

    private Outcome outcome(ToolSelection.Server wanted) {
        try {
            Optional<ToolServer> found = servers.find(wanted.id());
            if (found.isEmpty()) {
                throw new ToolServerException("there is none with its id any more", "Take it from the agent, or choose another.");
            }
            return new Outcome.Opened(found.get().disabled() ? List.of() : opened(found.get()));
        } catch (ToolServerException e) {
            return new Outcome.Failed(new ToolServerException("The MCP server \"" + wanted.name() + "\" can't be used: " + e.getMessage()
                    + ".", e.remedy(), e));
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "An MCP server can't be used by a fault of the service", e);
            return new Outcome.Failed(new ToolServerException("The MCP server \"" + wanted.name() + "\" can't be used: the service failed.",
                    "See the service's log.", e));
        }
    }

    private List<Offer> opened(ToolServer server) throws ToolServerException {
        McpConnection connection = McpConnection.to(server, programs);
        synchronized (connections) {
            connections.add(connection);
            if (closed) {
                connection.close();
            }
        }
        return connection.open().tools().stream().map(tool -> new Offer(server.name(), connection, tool)).toList();
    }

    /** In an order of their own, so that a later run's request begins like this one's, and the model's cache can tell. */
    private Map<String, Offer> named(List<Offer> found) {
        Map<ToolNames.Own, String> names = ToolNames.of(found.stream().map(Toolbox::own).toList());
        var named = new LinkedHashMap<String, Offer>();
        found.stream()
                .sorted(Comparator.comparing(offer -> names.getOrDefault(own(offer), "")))
                .forEach(offer -> named.putIfAbsent(names.getOrDefault(own(offer), ""), offer));
        named.keySet().removeIf(name -> !selection.has(name));
        return named;
    }

    private static ToolNames.Own own(Offer offer) {
        return new ToolNames.Own(offer.server(), offer.tool().name());
    }
}

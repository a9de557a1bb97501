package org.claudeagentui.service.tools;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.ProtocolVersions;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.claudeagentui.service.tracing.HttpSpans;
import org.claudeagentui.service.tracing.Span;
import org.claudeagentui.service.tracing.TraceContext;
import org.claudeagentui.service.web.Jsons;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A connection to one MCP server. Whoever waits for something is told when it is closed or breaks. */
final class McpConnection implements AutoCloseable {

    private static final Duration GOODBYE = Duration.ofMillis(500);
    private static final String UNREACHABLE = "Check its url, and that it runs where the service's container can reach it.";
    private static final Duration BOUNDED_ELSEWHERE = Duration.ofDays(1);
    // What a tool answers is read by a model, which copes with what its schema doesn't say.
    private static final JsonSchemaValidator ANYTHING = (_, _) -> JsonSchemaValidator.ValidationResponse.asValid("");

    private static final List<String> VERSIONS = List.of(ProtocolVersions.MCP_2024_11_05, ProtocolVersions.MCP_2025_03_26,
            ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);

    private final ToolServer server;
    private final ServerLink link;
    private final Redaction redaction;
    private final Sinks.One<Object> broken = Sinks.one();
    private final McpAsyncClient client;

    private McpConnection(ToolServer server, ServerLink link) {
        this.server = server;
        this.link = link;
        redaction = new Redaction(server.way().secrets());
        client = McpClient.async(new Watched(link.transport(), this::breaks))
                .clientInfo(McpSchema.Implementation.builder("claude-agent-ui", "1").build())
                .initializationTimeout(server.startupTimeout())
                .requestTimeout(BOUNDED_ELSEWHERE)
                .jsonSchemaValidator(ANYTHING)
                .build();
    }

    /**
     * A connection, not yet open.
     *
     * @param programs absolute paths of the programs that may be started
     * @throws ToolServerException when the server is none that may be connected to
     */
    static McpConnection to(ToolServer server, Set<String> programs) throws ToolServerException {
        return switch (server.way()) {
            case ToolServer.Address address -> new McpConnection(server, new HttpLink(address));
            case ToolServer.Program program -> {
                if (!programs.contains(program.command())) {
                    throw new ToolServerException("its program " + program.command()
                            + " is not among those that MCP_STDIO_COMMANDS allows",
                            "Choose one that the operator allows, or have it added there.");
                }
                var link = new ProgramLink(program);
                var connection = new McpConnection(server, link);
                link.whenBroken(connection::breaks);
                yield connection;
            }
        };
    }

    /**
     * Opens the connection and tells what the server says of itself, and what tools it has, under its own names.
     *
     * @throws ToolServerException when that can't be had, or not in time
     */
    ServerReport open() throws ToolServerException {
        try {
            return Span.step("initialize", Span.Kind.CLIENT, this::greeted);
        } catch (RuntimeException e) {
            Complaint complaint = complaint(e, server.startupTimeout());
            throw new ToolServerException(complaint.why(), complaint.remedy(), e);
        }
    }

    private ServerReport greeted() {
        tell("initialize");
        return await(client.initialize().flatMap(this::listed), server.startupTimeout());
    }

    /** Calls a tool by its server's own name and waits for its answer. */
    ToolResult call(String tool, JsonObject input, Duration patience) {
        return Span.step("tools/call " + tool, Span.Kind.CLIENT, () -> {
            tell("tools/call");
            Span.current().ifPresent(span -> span.with("gen_ai.operation.name", "execute_tool").with("gen_ai.tool.name", tool));
            ToolResult result = answer(request(tool, input), patience);
            if (result.isError()) {
                Span.current().ifPresent(span -> span.failed("tool_error"));
            }
            return result;
        });
    }

    private static McpSchema.CallToolRequest request(String tool, JsonObject input) {
        var request = McpSchema.CallToolRequest.builder(tool).arguments(Wire.members(input));
        Span.current().ifPresent(span -> request.meta(Map.of(TraceContext.HEADER, span.context().header())));
        return request.build();
    }

    private ToolResult answer(McpSchema.CallToolRequest request, Duration patience) {
        try {
            return result(await(client.callTool(request), patience));
        } catch (RuntimeException e) {
            Span.current().ifPresent(span -> span.failed(isLate(e) ? "timeout" : root(e).getClass().getSimpleName()));
            return ToolResult.failed("The tool failed: " + complaint(e, patience).why() + ".");
        }
    }

    /** Tells the step that this is of what is asked of whom. */
    private void tell(String method) {
        Span.current().ifPresent(span -> {
            span.with("mcp.method.name", method);
            switch (server.way()) {
                case ToolServer.Address address -> HttpSpans.addressed(span, address.url());
                case ToolServer.Program _ -> span.with("network.transport", "pipe");
            }
        });
    }

    /** Closes the connection: who waits is told at once, the server within half a second. */
    @Override
    public void close() {
        breaks(new IOException("the connection was closed"));
        Thread.ofVirtual().name("mcp-close").start(() -> {
            try {
                client.closeGracefully().block(GOODBYE);
            } catch (RuntimeException e) {
                // Who doesn't take a goodbye goes without.
            } finally {
                link.cut();
            }
        });
    }

    private void breaks(Throwable cause) {
        var _ = broken.tryEmitError(cause);
    }

    private <T> T await(Mono<T> answer, Duration patience) {
        return Optional.ofNullable(Mono.firstWithSignal(answer, broken.asMono().then(Mono.<T>never())).block(patience))
                .orElseThrow(() -> new IllegalStateException("it gave no answer"));
    }

    /** What was told, without what the server was told in secret. */
    ServerReport redacted(ServerReport report) {
        return new ServerReport(redaction.of(report.name()), redaction.of(report.version()), redaction.of(report.protocolVersion()),
                report.tools().stream().map(this::redacted).toList());
    }

    private Tool redacted(Tool tool) {
        return new Tool(redaction.of(tool.name()), redaction.without(tool.description()), redaction.without(tool.inputSchema()));
    }

    private Mono<ServerReport> listed(McpSchema.InitializeResult hello) {
        Mono<List<Tool>> tools = hello.capabilities().tools() == null
                ? Mono.just(List.of())
                : client.listTools().map(list -> list.tools().stream().map(McpConnection::tool).toList());
        return tools.map(some -> new ServerReport(text(hello.serverInfo(), McpSchema.Implementation::name),
                text(hello.serverInfo(), McpSchema.Implementation::version), hello.protocolVersion(), some));
    }

    /** What others are to send, and may not. */
    private static String text(McpSchema.@Nullable Implementation server, Function<McpSchema.Implementation, @Nullable String> member) {
        return Optional.ofNullable(server).map(member).orElse("");
    }

    private static Tool tool(McpSchema.Tool tool) {
        return new Tool(tool.name(), Optional.ofNullable(tool.description()).orElse(""), schema(Optional.ofNullable(tool.inputSchema())));
    }

    /** The model takes schemas of objects only. */
    private static JsonObject schema(Optional<Map<String, Object>> given) {
        return Jsons.PROVIDER.createObjectBuilder(given.map(Wire::object).orElse(JsonValue.EMPTY_JSON_OBJECT))
                .add("type", "object")
                .build();
    }

    private static ToolResult result(McpSchema.CallToolResult result) {
        List<String> texts = Optional.ofNullable(result.content()).orElse(List.of()).stream().map(McpConnection::text).toList();
        String text = texts.isEmpty() && result.structuredContent() != null
                ? Wire.text(result.structuredContent())
                : String.join("\n", texts);
        return new ToolResult(text, Boolean.TRUE.equals(result.isError()));
    }

    private static String text(McpSchema.Content content) {
        return switch (content) {
            case McpSchema.TextContent text -> text.text();
            case McpSchema.ImageContent image -> "[An image (" + image.mimeType() + "), which is not shown]";
            case McpSchema.AudioContent audio -> "[A recording (" + audio.mimeType() + "), which is not played]";
            case McpSchema.EmbeddedResource embedded -> embedded.resource() instanceof McpSchema.TextResourceContents text
                    ? text.text()
                    : "[The resource " + embedded.resource().uri() + ", which is no text]";
            case McpSchema.ResourceLink resource -> "[The resource " + resource.uri() + "]";
            default -> "[Something that is no text]";
        };
    }

    private Complaint complaint(Throwable failure, Duration patience) {
        Throwable telling = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(McpConnection::tells)
                .findFirst()
                .orElseGet(() -> root(failure));
        return switch (telling) {
            case ConnectException _ -> new Complaint("no connection to it can be made", UNREACHABLE);
            case HttpTimeoutException _ -> new Complaint("no connection to it can be made in time", UNREACHABLE);
            case Throwable late when isLate(late) -> new Complaint("it gave no answer within " + seconds(patience),
                    "See in its own log what it waits for, or give it longer with startupTimeoutMs.");
            default -> new Complaint(redaction.of(Optional.ofNullable(telling.getMessage()).orElse(telling.getClass().getSimpleName())),
                    server.way().remedy());
        };
    }

    private record Complaint(String why, String remedy) {}

    /** Whether a failure says more than what lies below it. */
    private static boolean tells(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof HttpTimeoutException || isLate(failure);
    }

    private static boolean isLate(Throwable failure) {
        return failure instanceof TimeoutException
                || (failure instanceof IllegalStateException && String.valueOf(failure.getMessage())
                        .startsWith("Timeout on blocking read"));
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** A transport whose failure to connect is told: the library only logs it, and goes on waiting. */
    private record Watched(McpClientTransport transport, Consumer<Throwable> listener) implements McpClientTransport {

        @Override
        public Mono<Void> connect(Function<Mono<McpSchema.JSONRPCMessage>, Mono<McpSchema.JSONRPCMessage>> handler) {
            return transport.connect(handler).doOnError(listener);
        }

        @Override
        public void setExceptionHandler(Consumer<Throwable> handler) {
            transport.setExceptionHandler(handler);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return transport.closeGracefully();
        }

        @Override
        public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
            return transport.sendMessage(message);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return transport.unmarshalFrom(data, type);
        }

        @Override
        public List<String> protocolVersions() {
            // By itself all but streamable HTTP would offer the first version alone, which newer servers may not speak.
            return VERSIONS;
        }
    }
}

package org.claudeagentui.acceptance.runs;

import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.standin.RecordedRequest;
import org.claudeagentui.acceptance.standin.RecordedToolCall;
import org.claudeagentui.acceptance.standin.StandinClient;
import org.claudeagentui.acceptance.standin.StandinScript;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** Has runs of one agent answered by scripts, each run by its own. */
public final class Runner implements AutoCloseable {
    /** The MCP server of a runner with tools. */
    public static final String TOOLS = "standin";
    /** Where the stand-in is an MCP server, as the service sees it. */
    public static final String MCP_URL = "http://standin:8080/mcp";

    private static final Duration LONGEST_RUN = Duration.ofSeconds(90);
    private static final Duration RECORDED = Duration.ofSeconds(10);

    private final StandinClient standin;
    private final RunApi api;
    private final String agent;

    private Runner(StandinClient standin, RunApi api, String agent) {
        this.standin = standin;
        this.api = api;
        this.agent = agent;
    }

    /** Runs of an agent with these settings, through the stack's front door. */
    public static Runner of(ComposeStack stack, String settings) {
        return at(stack, stack.frontDoor(), settings);
    }

    /** Runs of an agent with the stand-in's tools, called {@code standin__wait} and so on. */
    public static Runner withTools(ComposeStack stack, String settings) {
        RunApi api = new RunApi(stack.frontDoor(), LONGEST_RUN);
        String server = api.mcpServer(TOOLS, "{\"transport\":\"http\",\"url\":\"%s\"}".formatted(MCP_URL));
        return of(stack, "{\"mcpServers\":[\"" + server + "\"]" + (settings.equals("{}") ? "}" : "," + settings.substring(1)));
    }

    /** Runs of an agent, asked for at another address of the stack. */
    public static Runner at(ComposeStack stack, String base, String settings) {
        RunApi api = new RunApi(base, LONGEST_RUN);
        return new Runner(new StandinClient(URI.create("http://127.0.0.1:" + stack.port("STANDIN_TEST_PORT"))), api, api.agent(settings));
    }

    /** The API that they are asked of. */
    public RunApi api() {
        return api;
    }

    /** The agent that is run. */
    public String agent() {
        return agent;
    }

    /** A run's input that the model answers with these scripts alone, one after the other. */
    public String scripted(ModelScript... scripts) {
        return scripted(List.of(scripts));
    }

    /** A run's input that the model answers with these scripts alone, one after the other. */
    public String scripted(List<ModelScript> scripts) {
        String word = "run-" + UUID.randomUUID();
        scripts.forEach(script -> standin.add(script.apply(StandinScript.answeringConversation(word))));
        return word;
    }

    /** Lets the model's next TLS handshake {@code stall} or {@code reset}. */
    public void failNextHandshake(String fault) {
        standin.failHandshakes(fault, 1);
    }

    /** What the model was asked with an input, once one of these requests is as wanted. */
    public RecordedRequest asked(String input, Predicate<RecordedRequest> wanted) {
        return standin.await(input, wanted, RECORDED);
    }

    /** What the model was asked with an input. */
    public List<RecordedRequest> asked(String input) {
        return standin.requests(input);
    }

    /** A call of a tool whose arguments have an input, once one of these calls is as wanted. */
    public RecordedToolCall toolCalled(String input, Predicate<RecordedToolCall> wanted) {
        return standin.awaitToolCall(input, wanted, RECORDED);
    }

    /** The calls of tools whose arguments have an input. */
    public List<RecordedToolCall> toolCalls(String input) {
        return standin.toolCalls(input);
    }

    @Override
    public void close() {
        standin.close();
    }
}

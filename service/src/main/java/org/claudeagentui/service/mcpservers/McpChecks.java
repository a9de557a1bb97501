package org.claudeagentui.service.mcpservers;

import jakarta.inject.Inject;
import org.claudeagentui.service.strapi.StrapiException;
import org.claudeagentui.service.tools.ToolServer;
import org.claudeagentui.service.tools.ToolServerException;
import org.claudeagentui.service.tools.Tools;
import org.claudeagentui.service.web.Problem;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Connects to MCP servers as a run would, for those who set them up. */
@Single
final class McpChecks {
    private static final int MOST_AT_ONCE = 4;
    /** nginx gives an answer up after 60 s. */
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final McpServers servers;
    private final Tools tools;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    @Inject
    McpChecks(McpServers servers, Tools tools) {
        this.servers = servers;
        this.tools = tools;
    }

    /**
     * Checks a server, disabled or not.
     *
     * @return what came of it; nothing when there is none with that id
     * @throws ProblemException when too many are being checked
     * @throws StrapiException when it can't be told how the server is configured
     */
    Optional<McpCheck> check(String id) {
        if (!places.tryAcquire()) {
            throw new ProblemException(Problem.unavailable(MOST_AT_ONCE
                    + " MCP servers are being checked, and no more are at once: try again in a moment."));
        }
        try {
            return checked(id);
        } finally {
            places.release();
        }
    }

    private Optional<McpCheck> checked(String id) {
        long start = System.nanoTime();
        try {
            Optional<ToolServer> server = servers.configured(id);
            return server.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new McpCheck.Reached(tools.inspect(server.get().within(LONGEST)), since(start)));
        } catch (ToolServerException e) {
            return Optional.of(new McpCheck.Failed(String.valueOf(e.getMessage()), e.remedy(), since(start)));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

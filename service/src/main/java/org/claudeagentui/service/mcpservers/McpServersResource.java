package org.claudeagentui.service.mcpservers;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.security.ChangedByAdministrators;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.wiring.Single;

/** MCP servers over HTTP. The service asks them, and starts programs for them: only administrators say which there are. */
@Single
@ChangedByAdministrators("MCP servers")
@Path("/api/mcp-servers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpServersResource extends EntriesResource<McpServer> {

    /**
     * Made by the container.
     *
     * @param servers the MCP servers that there are
     * @param answers remembers what requests with a key were answered
     */
    @Inject
    McpServersResource(McpServers servers, KeyedAnswers answers) {
        super(servers.entries(), answers, McpServer::id, "MCP server",
                Listing.sortedBy("name", "transport", "disabled", "createdAt", "updatedAt")
                        .narrowedBy("transport", Filter.oneOf("transport", McpServer.Transport.wireNames()))
                        .narrowedBy("disabled", Filter.flag("disabled")));
    }
}

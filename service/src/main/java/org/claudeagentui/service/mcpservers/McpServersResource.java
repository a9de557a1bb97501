package org.claudeagentui.service.mcpservers;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.wiring.Single;

/** MCP servers over HTTP. */
@Single
@Path("/api/mcp-servers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpServersResource extends EntriesResource<McpServer> {

    /**
     * Made by the container.
     *
     * @param servers the MCP servers that there are
     */
    @Inject
    McpServersResource(McpServers servers) {
        super(servers.entries(), McpServer::id, "MCP server", Listing.sortedBy("name", "transport", "disabled", "createdAt", "updatedAt"));
    }
}

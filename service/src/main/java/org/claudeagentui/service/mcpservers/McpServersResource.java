package org.claudeagentui.service.mcpservers;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.security.ChangedByAdministrators;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

/** MCP servers over HTTP. The service asks them, and starts programs for them: only administrators say which there are. */
@Single
@ChangedByAdministrators("MCP servers")
@Path("/api/mcp-servers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class McpServersResource extends EntriesResource<McpServer> {

    private final McpChecks checks;

    /**
     * Made by the container.
     *
     * @param servers the MCP servers that there are
     * @param checks connects to them
     * @param answers remembers what requests with a key were answered
     */
    @Inject
    McpServersResource(McpServers servers, McpChecks checks, KeyedAnswers answers) {
        super(servers.entries(), answers, McpServer::id, "MCP server",
                Listing.sortedBy("name", "transport", "disabled", "createdAt", "updatedAt")
                        .narrowedBy("transport", Filter.oneOf("transport", McpServer.Transport.wireNames()))
                        .narrowedBy("disabled", Filter.flag("disabled")));
        this.checks = checks;
    }

    /** Connects to a server as a run would, and tells what tools it has, or why it can't be used. */
    @POST
    @Path("{id}/check")
    @Consumes(MediaType.WILDCARD)
    public JsonObject check(@PathParam("id") String id) {
        return checks.check(id)
                .map(McpCheckJson::write)
                .orElseThrow(() -> ProblemException.notFound("There is no MCP server with this id."));
    }
}

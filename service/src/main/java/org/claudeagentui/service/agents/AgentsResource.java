package org.claudeagentui.service.agents;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.claudeagentui.service.web.JsonBody;
import org.claudeagentui.service.web.ListQuery;
import org.claudeagentui.service.web.ProblemException;
import org.claudeagentui.service.wiring.Single;

import java.io.InputStream;
import java.util.Set;

/** Agents over HTTP. */
@Single
@Path("/api/agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AgentsResource {
    private static final Set<String> SORTABLE = Set.of("name", "slug", "model", "enabled", "createdAt", "updatedAt");

    private final Agents agents;

    /**
     * Made by the container.
     *
     * @param agents the agents that there are
     */
    @Inject
    AgentsResource(Agents agents) {
        this.agents = agents;
    }

    /** A page of agents. */
    @GET
    public JsonObject list(@Context UriInfo address) {
        return agents.list(ListQuery.of(address.getQueryParameters(), SORTABLE)).toJson(AgentJson::write);
    }

    /** One agent. */
    @GET
    @Path("{id}")
    public JsonObject find(@PathParam("id") String id) {
        return agents.find(id).map(AgentJson::write).orElseThrow(AgentsResource::notFound);
    }

    /** Makes an agent. */
    @POST
    public Response create(InputStream body) {
        var agent = agents.create(JsonBody.object(body));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/api/agents/" + agent.id())
                .entity(AgentJson.write(agent))
                .build();
    }

    /** Puts an agent in the place of one: what isn't named is unset. */
    @PUT
    @Path("{id}")
    public JsonObject replace(@PathParam("id") String id, InputStream body) {
        return agents.replace(id, JsonBody.object(body)).map(AgentJson::write).orElseThrow(AgentsResource::notFound);
    }

    /** Changes what is named; a null unsets. */
    @PATCH
    @Path("{id}")
    public JsonObject change(@PathParam("id") String id, InputStream body) {
        return agents.change(id, JsonBody.object(body)).map(AgentJson::write).orElseThrow(AgentsResource::notFound);
    }

    /** Deletes an agent. Its runs stay. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) {
        if (!agents.delete(id)) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("There is no agent with this id.");
    }
}

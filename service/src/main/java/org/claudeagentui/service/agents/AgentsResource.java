package org.claudeagentui.service.agents;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.claudeagentui.service.entries.EntriesResource;
import org.claudeagentui.service.idempotency.KeyedAnswers;
import org.claudeagentui.service.web.Filter;
import org.claudeagentui.service.web.Listing;
import org.claudeagentui.service.wiring.Single;

/** Agents over HTTP. A deleted agent's runs stay. */
@Single
@Path("/api/agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AgentsResource extends EntriesResource<Agent> {

    /**
     * Made by the container.
     *
     * @param agents the agents that there are
     * @param answers remembers what requests with a key were answered
     */
    @Inject
    AgentsResource(Agents agents, KeyedAnswers answers) {
        super(agents.entries(), answers, Agent::id, "agent",
                Listing.sortedBy("name", "slug", "model", "enabled", "createdAt", "updatedAt")
                        .narrowedBy("enabled", Filter.flag("enabled"))
                        .narrowedBy("model", Filter.text("model", AgentForm.LONGEST_MODEL))
                        .narrowedBy("skills", Filter.relation("skills"))
                        .narrowedBy("mcpServers", Filter.relation("mcpServers")));
    }
}

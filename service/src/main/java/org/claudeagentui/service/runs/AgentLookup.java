package org.claudeagentui.service.runs;

import java.util.Optional;

/** Where a run finds the agent that it is to put to work. */
public interface AgentLookup {

    /**
     * Finds an agent as it is configured now.
     *
     * @param agentId the agent's document id, as a client sent it: any text
     * @return the agent, or nothing when there is none with that id
     */
    Optional<AgentProfile> find(String agentId);
}

package org.claudeagentui.service.tools;

import java.util.Optional;

/** Where a run finds the MCP servers of its agent. */
public interface ToolServers {

    /**
     * Finds a server as it is configured now, with what it is told in secret.
     *
     * @param id its document id
     * @return the server, or nothing when there is none with that id
     * @throws ToolServerException when that can't be told, or makes no sense
     */
    Optional<ToolServer> find(String id) throws ToolServerException;
}

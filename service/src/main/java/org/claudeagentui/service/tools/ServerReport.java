package org.claudeagentui.service.tools;

import java.util.List;
import java.util.Objects;

/**
 * What an MCP server tells of itself once it is connected to.
 *
 * @param name what it calls itself; may be blank
 * @param version which version of itself it is; may be blank
 * @param protocolVersion the version of MCP that is spoken with it
 * @param tools its tools, under its own names
 */
public record ServerReport(String name, String version, String protocolVersion, List<Tool> tools) {

    /** Keeps the tools from being changed. */
    public ServerReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        tools = List.copyOf(tools);
    }
}

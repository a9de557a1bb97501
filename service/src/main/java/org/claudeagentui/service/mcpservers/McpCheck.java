package org.claudeagentui.service.mcpservers;

import org.claudeagentui.service.tools.ServerReport;

import java.time.Duration;

/** What came of connecting to an MCP server. */
sealed interface McpCheck {

    /** How long it took until that was known. */
    Duration took();

    /**
     * A run could use the server.
     *
     * @param report what it tells of itself
     * @param took see {@link McpCheck#took()}
     */
    record Reached(ServerReport report, Duration took) implements McpCheck {}

    /**
     * A run couldn't use the server.
     *
     * @param why what happened
     * @param remedy what to do about it
     * @param took see {@link McpCheck#took()}
     */
    record Failed(String why, String remedy, Duration took) implements McpCheck {}
}

package org.claudeagentui.service.strapi;

import java.util.List;

/** What Strapi keeps for the service. */
public enum ContentType {
    /** Agents, with the skills and the MCP servers that they have. */
    AGENT("agents", "skills,mcpServers"),
    /** MCP servers, without what they are told in secret. */
    MCP_SERVER("mcp-servers", "");

    private final String path;
    private final String relations;

    ContentType(String path, String relations) {
        this.path = path;
        this.relations = relations;
    }

    String path() {
        return path;
    }

    /** The attributes whose entries come along with one. */
    List<String> relations() {
        return relations.isEmpty() ? List.of() : List.of(relations.split(",", -1));
    }

    /** The same as a parameter, none where nothing comes along. */
    List<String> populated() {
        return relations.isEmpty() ? List.of() : List.of(relations);
    }
}

package org.claudeagentui.service.strapi;

import java.util.List;

/** What Strapi keeps for the service. */
public enum ContentType {
    /** Agents, with the skills and the MCP servers that they have. */
    AGENT("agents", "skills,mcpServers", "agents,skills,mcp-servers"),
    /** MCP servers, without what they are told in secret. */
    MCP_SERVER("mcp-servers", "", "mcp-servers"),
    /** Skills, without their files. */
    SKILL("skills", "", "skills"),
    /** Tasks, with their agents. */
    TASK("tasks", "agent", "tasks"),
    /** Chats, with their agents and the skills that they have beside the agents' own. */
    CHAT("chat-sessions", "agent,skills", "chat-sessions,skills"),
    /** What was said in chats. Nothing of it is remembered. */
    CHAT_MESSAGE("chat-messages", "", ""),
    /** Users, without their passwords. */
    ACCOUNT("accounts", "", "accounts");

    private final String path;
    private final String relations;
    private final String parts;

    ContentType(String path, String relations, String parts) {
        this.path = path;
        this.relations = relations;
        this.parts = parts;
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

    /** Whether people call its entries by a title, and not by a name. */
    boolean isTitled() {
        return this == CHAT;
    }

    /** Whether what is kept at that path shows in the type's answers. */
    boolean isMadeOf(String changed) {
        return List.of(parts.split(",", -1)).contains(changed);
    }
}

package org.claudeagentui.acceptance.promises;

/**
 * A kind of entries that the service keeps in Strapi.
 *
 * @param path where they are in the API
 * @param type what Strapi calls it
 * @param table where Strapi keeps them
 * @param least the members that one needs besides its name, as JSON, each after a comma
 * @param sort a member to sort by
 * @param filter a filter that the entry meets which {@code more} is true of
 * @param more the members that make it do so
 */
record CatalogueKind(String path, String type, String table, String least, String sort, String filter, String more) {
    static final CatalogueKind AGENTS = new CatalogueKind("agents", "api::agent.agent", "agents",
            ",\"systemPrompt\":\"Answer what you are asked.\"", "slug", "enabled=false", ",\"enabled\":false");
    static final CatalogueKind SKILLS = new CatalogueKind("skills", "api::skill.skill", "skills", "", "category",
            "category=proof%20%26%20more",
            ",\"category\":\"proof & more\"");
    static final CatalogueKind MCP_SERVERS = new CatalogueKind("mcp-servers", "api::mcp-server.mcp-server", "mcp_servers",
            ",\"transport\":\"http\",\"url\":\"http://nowhere.example/mcp\"", "transport", "disabled=true", ",\"disabled\":true");

    /** An entry of that name, as JSON. */
    String entry(String name) {
        return entry(name, "");
    }

    /** An entry of that name with more members, as JSON, each after a comma. */
    String entry(String name, String members) {
        return "{\"name\":\"" + name + "\"" + least + members + "}";
    }
}

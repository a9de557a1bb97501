package org.claudeagentui.service.strapi;

/** What Strapi keeps for the service. */
public enum ContentType {
    /** Agents, with the skills that they have. */
    AGENT("agents", "skills");

    private final String path;
    private final String relation;

    ContentType(String path, String relation) {
        this.path = path;
        this.relation = relation;
    }

    String path() {
        return path;
    }

    /** The entries that come along with one. */
    String relation() {
        return relation;
    }
}

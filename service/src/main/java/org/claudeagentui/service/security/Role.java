package org.claudeagentui.service.security;

import java.util.Locale;

/** What somebody may do. */
public enum Role {
    /** Uses agents and skills, and sees their own runs, tasks and chats. */
    USER,
    /** Sees everybody's runs, tasks and chats, and says which MCP servers there are. */
    ADMINISTRATOR;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

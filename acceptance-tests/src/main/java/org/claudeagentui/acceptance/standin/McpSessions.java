package org.claudeagentui.acceptance.standin;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** The sessions of MCP clients; of too many the oldest end. */
final class McpSessions {
    private static final int LIMIT = 1000;

    private final Set<String> open = new LinkedHashSet<>();

    synchronized String begin() {
        if (open.size() == LIMIT) {
            open.remove(open.iterator().next());
        }
        String id = UUID.randomUUID().toString();
        open.add(id);
        return id;
    }

    synchronized boolean has(String id) {
        return open.contains(id);
    }

    synchronized boolean end(String id) {
        return open.remove(id);
    }
}

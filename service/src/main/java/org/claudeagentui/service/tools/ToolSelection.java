package org.claudeagentui.service.tools;

import java.util.List;
import java.util.Objects;

/**
 * Which tools an agent has.
 *
 * @param servers the MCP servers that offer them
 * @param allowed names of tools, or {@code server__*}; none named allows all
 * @param disallowed the same for what is taken away again
 */
public record ToolSelection(List<Server> servers, List<String> allowed, List<String> disallowed) {

    /** No tools. */
    public static final ToolSelection NONE = new ToolSelection(List.of(), List.of(), List.of());

    private static final String ALL_OF_A_SERVER = ToolNames.SEPARATOR + "*";

    /** Keeps the lists from being changed. */
    public ToolSelection {
        servers = List.copyOf(servers);
        allowed = List.copyOf(allowed);
        disallowed = List.copyOf(disallowed);
    }

    /**
     * A server, before anything else is known of it.
     *
     * @param id its document id
     * @param name what people call it
     */
    public record Server(String id, String name) {

        /** Refuses to be nobody. */
        public Server {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }
    }

    /** Whether the agent has the tool with that full name. */
    boolean has(String tool) {
        return (allowed.isEmpty() || isAmong(allowed, tool)) && !isAmong(disallowed, tool);
    }

    private static boolean isAmong(List<String> patterns, String tool) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.equals(tool)
                        || (pattern.endsWith(ALL_OF_A_SERVER) && tool.startsWith(pattern.substring(0, pattern.length() - 1))));
    }
}

package org.claudeagentui.service.tools;

import jakarta.inject.Inject;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.wiring.Single;

import java.util.Set;

/** Where runs get their tools. */
@Single
public final class Tools {

    private final ToolServers servers;
    private final Set<String> programs;

    @Inject
    Tools(ToolServers servers, Settings settings) {
        this(servers, settings.tools().stdioCommands());
    }

    /**
     * Tools of the servers that are found there.
     *
     * @param programs absolute paths of the programs that may be started
     */
    public Tools(ToolServers servers, Set<String> programs) {
        this.servers = servers;
        this.programs = Set.copyOf(programs);
    }

    /**
     * Connects to a server as a run would, whether it is disabled or not, and leaves it again.
     *
     * @return what it tells of itself, without what it is told in secret
     * @throws ToolServerException when it can't be used, or doesn't tell within its time
     */
    public ServerReport inspect(ToolServer server) throws ToolServerException {
        try (McpConnection connection = McpConnection.to(server, programs)) {
            return connection.redacted(connection.open());
        }
    }

    /** Begins to open an agent's servers, all at once. Returns at once: what goes wrong shows at {@link Toolbox#tools}. */
    public Toolbox open(ToolSelection selection) {
        var toolbox = new Toolbox(selection, servers, programs);
        toolbox.begin();
        return toolbox;
    }
}

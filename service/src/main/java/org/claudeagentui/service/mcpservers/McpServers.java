package org.claudeagentui.service.mcpservers;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import org.claudeagentui.service.entries.Attributes;
import org.claudeagentui.service.entries.Entries;
import org.claudeagentui.service.settings.Settings;
import org.claudeagentui.service.strapi.ContentType;
import org.claudeagentui.service.strapi.Strapi;
import org.claudeagentui.service.strapi.StrapiException;
import org.claudeagentui.service.tools.ToolServer;
import org.claudeagentui.service.tools.ToolServerException;
import org.claudeagentui.service.tools.ToolServers;
import org.claudeagentui.service.wiring.Single;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The MCP servers that there are. */
@Single
final class McpServers implements ToolServers {
    private static final Duration STARTUP = Duration.ofSeconds(10);

    private final Strapi strapi;
    private final Entries<McpServer> entries;

    @Inject
    McpServers(Strapi strapi, Settings settings) {
        this.strapi = strapi;
        var form = new McpServerForm(settings.tools().stdioCommands());
        entries = new Entries<>(strapi, ContentType.MCP_SERVER, form, McpServerJson::read, McpServerJson::write);
    }

    Entries<McpServer> entries() {
        return entries;
    }

    @Override
    public Optional<ToolServer> find(String id) throws ToolServerException {
        try {
            return configured(id);
        } catch (StrapiException e) {
            throw new ToolServerException(e.problem().detail().replaceFirst("\\.$", ""), "See the content store's log.", e);
        }
    }

    /**
     * A server as it is configured now.
     *
     * @throws StrapiException when that can't be told
     * @throws ToolServerException when it makes no sense
     */
    Optional<ToolServer> configured(String id) throws ToolServerException {
        Optional<McpServer> server = current(id);
        Optional<JsonObject> secrets = server.filter(McpServers::hasSecrets).flatMap(_ -> strapi.secrets(id));
        return server.isEmpty() ? Optional.empty() : Optional.of(toolServer(server.get(), secrets));
    }

    /** A secret must not be sent to where its server was before. */
    private Optional<McpServer> current(String id) {
        Optional<McpServer> remembered = entries.find(id);
        return remembered.filter(McpServers::hasSecrets).isPresent() ? entries.findNow(id) : remembered;
    }

    private static boolean hasSecrets(McpServer server) {
        return !server.envNames().isEmpty() || !server.headerNames().isEmpty();
    }

    private static ToolServer toolServer(McpServer server, Optional<JsonObject> secrets) throws ToolServerException {
        var timeout = server.startupTimeout().orElse(STARTUP);
        return new ToolServer(server.name(), way(server, secrets), timeout, server.disabled());
    }

    private static ToolServer.Way way(McpServer server, Optional<JsonObject> secrets) throws ToolServerException {
        return switch (server.transport()) {
            case STDIO -> new ToolServer.Program(needed(server, server.command()), server.args(), texts(secrets, "env"));
            case SSE -> new ToolServer.Address(url(server), texts(secrets, "headers"), ToolServer.Protocol.SSE);
            case HTTP -> new ToolServer.Address(url(server), texts(secrets, "headers"), ToolServer.Protocol.STREAMABLE_HTTP);
        };
    }

    private static URI url(McpServer server) throws ToolServerException {
        String url = needed(server, server.url());
        if (!McpServerForm.isAddress(url)) {
            throw new ToolServerException("its url is no http:// or https:// address", "Correct its url.");
        }
        return URI.create(url);
    }

    private static String needed(McpServer server, Optional<String> member) throws ToolServerException {
        return member.orElseThrow(() -> new ToolServerException("it has no " + server.transport().needed(), "Set its "
                + server.transport().needed() + "."));
    }

    private static Map<String, String> texts(Optional<JsonObject> secrets, String name) {
        var texts = new LinkedHashMap<String, String>();
        secrets.map(members -> Attributes.object(members, name))
                .ifPresent(members -> members.forEach((member, value) -> texts.put(member, ((JsonString) value).getString())));
        return texts;
    }
}

package org.claudeagentui.service.mcpservers;

import jakarta.json.JsonObject;
import org.claudeagentui.service.web.Jsons;

import java.time.Instant;

import static org.claudeagentui.service.entries.Attributes.milliseconds;
import static org.claudeagentui.service.entries.Attributes.text;
import static org.claudeagentui.service.entries.Attributes.texts;

/** An MCP server as Strapi keeps it and as clients see it. */
final class McpServerJson {
    private McpServerJson() {
    }

    static McpServer read(JsonObject entry) {
        return new McpServer(entry.getString("documentId"), entry.getString("name"), text(entry, "description"),
                McpServer.Transport.of(entry.getString("transport")), text(entry, "command"), texts(entry, "args"), text(entry, "url"),
                texts(entry, "envNames"), texts(entry, "headerNames"), entry.getBoolean("disabled", false),
                milliseconds(entry, "startupTimeoutMs"), Instant.parse(entry.getString("createdAt")),
                Instant.parse(entry.getString("updatedAt")));
    }

    static JsonObject write(McpServer server) {
        var json = Jsons.PROVIDER.createObjectBuilder().add("id", server.id()).add("name", server.name());
        server.description().ifPresent(description -> json.add("description", description));
        json.add("transport", server.transport().wireName());
        server.command().ifPresent(command -> json.add("command", command));
        json.add("args", Jsons.PROVIDER.createArrayBuilder(server.args()));
        server.url().ifPresent(url -> json.add("url", url));
        json.add("envNames", Jsons.PROVIDER.createArrayBuilder(server.envNames()))
                .add("headerNames", Jsons.PROVIDER.createArrayBuilder(server.headerNames()))
                .add("disabled", server.disabled());
        server.startupTimeout().ifPresent(timeout -> json.add("startupTimeoutMs", timeout.toMillis()));
        return json.add("createdAt", server.createdAt().toString()).add("updatedAt", server.updatedAt().toString()).build();
    }
}

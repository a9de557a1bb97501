package org.claudeagentui.service.mcpservers;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.claudeagentui.service.tools.ServerReport;
import org.claudeagentui.service.tools.Tool;
import org.claudeagentui.service.web.Jsons;

import java.util.List;

/** A check as clients see it. */
final class McpCheckJson {
    private static final int MOST_CHARACTERS_OF_TOOLS = 1_000_000;

    private McpCheckJson() {
    }

    static JsonObject write(McpCheck check) {
        JsonObjectBuilder json = switch (check) {
            case McpCheck.Reached(ServerReport report, _) -> reached(report);
            case McpCheck.Failed(String why, String remedy, _) -> Jsons.PROVIDER.createObjectBuilder()
                    .add("reachable", false)
                    .add("failure", Jsons.PROVIDER.createObjectBuilder().add("detail", sentence(why)).add("remedy", remedy));
        };
        return json.add("tookMs", check.took().toMillis()).build();
    }

    private static JsonObjectBuilder reached(ServerReport report) {
        JsonArray tools = tools(report.tools());
        return Jsons.PROVIDER.createObjectBuilder()
                .add("reachable", true)
                .add("server", Jsons.PROVIDER.createObjectBuilder().add("name", report.name()).add("version", report.version()))
                .add("protocolVersion", report.protocolVersion())
                .add("tools", tools)
                .add("toolsOmitted", report.tools().size() - tools.size());
    }

    /** Those that fit: a server may say what it likes, up to 8 MB a message. */
    private static JsonArray tools(List<Tool> tools) {
        var fitting = Jsons.PROVIDER.createArrayBuilder();
        int left = MOST_CHARACTERS_OF_TOOLS;
        for (Tool tool : tools) {
            JsonObject json = Jsons.PROVIDER.createObjectBuilder()
                    .add("name", tool.name())
                    .add("description", tool.description())
                    .add("inputSchema", tool.inputSchema())
                    .build();
            int size = json.toString().length();
            if (size <= left) {
                left -= size;
                fitting.add(json);
            }
        }
        return fitting.build();
    }

    private static String sentence(String why) {
        return "The MCP server can't be used: " + why + ".";
    }
}

package org.claudeagentui.service.tools;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import org.claudeagentui.service.web.Jsons;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as the MCP library has it, and as the service has it. */
final class Wire {

    static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(JsonMapper.builder().build());

    private static final TypeRef<Map<String, Object>> MEMBERS = new TypeRef<>() {
    };

    private Wire() {
    }

    static Map<String, Object> members(JsonObject object) {
        try {
            return MAPPER.readValue(object.toString(), MEMBERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject object(Map<String, Object> members) {
        try (JsonReader reader = Jsons.PROVIDER.createReader(new StringReader(MAPPER.writeValueAsString(members)))) {
            return reader.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.claudeagentui.service.claude;

import jakarta.json.JsonObject;

/**
 * A tool that the model may wish to use.
 *
 * @param name its name, 1 to 128 letters, digits, hyphens and underscores
 * @param description what it does; may be blank
 * @param inputSchema what its input has to be, as a JSON schema of an object
 */
public record ToolDefinition(String name, String description, JsonObject inputSchema) {}

package org.claudeagentui.service.tools;

import jakarta.json.JsonObject;

/**
 * A tool that a run has.
 *
 * @param name its name toward the model
 * @param description what it does, in its server's words; may be blank
 * @param inputSchema what its input has to be, as a JSON schema of an object
 */
public record Tool(String name, String description, JsonObject inputSchema) {}

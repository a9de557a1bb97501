package org.claudeagentui.service.claude;

import jakarta.json.JsonObject;

/** A block of an answer's content, as it begins. */
public sealed interface ContentBlock {

    /**
     * Text.
     *
     * @param text what it begins with, mostly nothing
     */
    record Text(String text) implements ContentBlock {}

    /**
     * Extended thinking.
     *
     * @param thinking what it begins with, mostly nothing
     */
    record Thinking(String thinking) implements ContentBlock {}

    /**
     * A wish to use a tool.
     *
     * @param id names this use
     * @param name names the tool
     */
    record ToolUse(String id, String name) implements ContentBlock {}

    /**
     * Any other kind.
     *
     * @param json all of it
     */
    record Other(JsonObject json) implements ContentBlock {}
}
